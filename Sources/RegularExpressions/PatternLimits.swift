/// Finds what PCRE2 would match otherwise than JavaScript, and there is no way to write differently.
struct PatternLimits {
  /// How often each group is repeated by something.
  private let referenced: [Int: Int]

  /// Checks a pattern.
  ///
  /// - Throws: `RegularExpressionError.unsupported`, naming what it has.
  static func check(_ node: PatternNode) throws(RegularExpressionError) {
    try PatternLimits(referenced: node.references).check(node, forgotten: [], known: [])
  }

  /// Checks a part, of whose surrounding repetitions `forgotten` are the groups, and `known` those of
  /// them that have matched in this round.
  private func check(
    _ node: PatternNode,
    forgotten: Set<Int>,
    known: Set<Int>
  ) throws(RegularExpressionError) {
    switch node {
    case .unit, .start, .end, .boundary: return
    case .reference(let number):
      // JavaScript forgets the groups inside a repetition when a round begins; PCRE2 does not.
      guard forgotten.contains(number), !known.contains(number) else { return }
      throw .unsupported("a reference to a group that an earlier round of a repetition matched")
    case .sequence(let parts):
      var known = known
      for part in parts {
        try check(part, forgotten: forgotten, known: known)
        known.formUnion(part.certainCaptures)
      }
    case .alternatives(let parts):
      for part in parts { try check(part, forgotten: forgotten, known: known) }
    case .capture(let number, let part):
      // A reference inside its own group repeats nothing in either.
      try check(part, forgotten: forgotten, known: known.union([number]))
    case .group(let part), .look(_, _, let part):
      try check(part, forgotten: forgotten, known: known)
    case .repeated(let part, let least, let most, _):
      if most != least { try checkRounds(of: part) }
      let isLoop = most.map { $0 > 1 } ?? true
      let inner = isLoop ? part.captures : []
      if isLoop { try checkLastRound(of: part) }
      try check(part, forgotten: forgotten.union(inner), known: known.subtracting(inner))
    }
  }

  /// Behind a repetition, JavaScript knows of its groups what the last round matched; PCRE2 what any did.
  private func checkLastRound(of part: PatternNode) throws(RegularExpressionError) {
    let inside = part.references
    for group in part.captures.subtracting(part.certainCaptures)
    where referenced[group, default: 0] > inside[group, default: 0] {
      throw .unsupported("a reference to a group that an earlier round of a repetition matched")
    }
  }

  /// A round that matches nothing and need not be: JavaScript takes it back and tries what else the
  /// part offers; PCRE2 ends the repetition with it.
  private func checkRounds(of part: PatternNode) throws(RegularExpressionError) {
    guard part.mayBeEmpty else { return }
    guard part.offersMoreBehindNothing || !part.captures.isDisjoint(with: referenced.keys) else {
      return
    }
    throw .unsupported("a repetition of what may also be nothing")
  }
}

extension PatternNode {
  /// The groups that are repeated inside, and how often.
  fileprivate var references: [Int: Int] {
    switch self {
    case .reference(let number): [number: 1]
    case .unit, .start, .end, .boundary: [:]
    case .sequence(let parts), .alternatives(let parts):
      parts.reduce(into: [:]) { $0.merge($1.references, uniquingKeysWith: +) }
    case .capture(_, let part), .group(let part), .look(_, _, let part),
      .repeated(let part, _, _, _):
      part.references
    }
  }

  /// Whether the part can match without taking a unit.
  fileprivate var mayBeEmpty: Bool {
    switch self {
    case .unit: false
    case .reference, .start, .end, .boundary, .look: true
    case .sequence(let parts): parts.allSatisfy(\.mayBeEmpty)
    case .alternatives(let parts): parts.contains(where: \.mayBeEmpty)
    case .capture(_, let part), .group(let part): part.mayBeEmpty
    case .repeated(let part, let least, _, _): least == 0 || part.mayBeEmpty
    }
  }

  /// Whether the part may match a unit where it first matched nothing.
  fileprivate var offersMoreBehindNothing: Bool {
    switch self {
    case .unit, .reference, .start, .end, .boundary, .look: false
    case .alternatives: true
    case .sequence(let parts): parts.contains(where: \.offersMoreBehindNothing)
    case .capture(_, let part), .group(let part): part.offersMoreBehindNothing
    case .repeated(let part, let least, let most, let isLazy):
      part.offersMoreBehindNothing || isLazy && least != most
    }
  }
}
