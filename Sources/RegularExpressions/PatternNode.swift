/// A part of a pattern.
indirect enum PatternNode: Hashable {
  /// One unit out of a set, or out of all but those.
  case unit(UnitSet, isNegative: Bool)
  /// Parts one after the other; none is the empty pattern.
  case sequence([PatternNode])
  /// The first of the parts with which the rest matches.
  case alternatives([PatternNode])
  /// A group that a reference can repeat, by its number from 1.
  case capture(Int, PatternNode)
  /// A group without a number.
  case group(PatternNode)
  /// What must or must not stand ahead or behind.
  case look(isAhead: Bool, isNegative: Bool, PatternNode)
  /// What the group with that number matched.
  case reference(Int)
  /// The beginning of the text.
  case start
  /// The end of the text.
  case end
  /// A place between a word's unit and another, or any other place.
  case boundary(isNegative: Bool)
  /// A part several times; no upper bound where `most` is nil.
  case repeated(PatternNode, least: Int, most: Int?, isLazy: Bool)
}

extension PatternNode {
  /// The numbers of the groups inside.
  var captures: Set<Int> {
    switch self {
    case .unit, .reference, .start, .end, .boundary: []
    case .sequence(let parts), .alternatives(let parts):
      parts.reduce(into: []) { $0.formUnion($1.captures) }
    case .capture(let number, let part): part.captures.union([number])
    case .group(let part), .look(_, _, let part), .repeated(let part, _, _, _): part.captures
    }
  }

  /// The numbers of the groups that have matched whenever the part has.
  var certainCaptures: Set<Int> {
    switch self {
    case .unit, .reference, .start, .end, .boundary, .alternatives: []
    case .sequence(let parts): parts.reduce(into: []) { $0.formUnion($1.certainCaptures) }
    case .capture(let number, let part): part.certainCaptures.union([number])
    case .group(let part): part.certainCaptures
    case .look(_, let isNegative, let part): isNegative ? [] : part.certainCaptures
    case .repeated(let part, let least, _, _): least > 0 ? part.certainCaptures : []
    }
  }
}
