internal import EventStore

extension Filter {
  /// A condition that an index can answer: one of its alternatives has to hold.
  public struct IndexCondition: Hashable, Sendable {
    /// The alternatives; never none.
    public let alternatives: [IndexAlternative]
  }

  /// One way to meet an index condition.
  public enum IndexAlternative: Hashable, Sendable {
    /// The event has this term.
    case term(IndexTerm)
    /// The event has a term of this field whose value begins so.
    case prefix(IndexedField, [UInt8])
  }

  /// What an index can say about the filter: an event that meets the filter meets every condition.
  ///
  /// The reverse does not hold, so what the index finds is put to `matches`. With no condition
  /// every event has to be read.
  public var indexable: [IndexCondition] { Filter.conditions(of: expression) }

  private static func conditions(of expression: FilterExpression) -> [IndexCondition] {
    switch expression {
    case .comparison(let path, let comparison, let literal):
      guard let field = path.indexedField else { return [] }
      return alternative(field, comparison, literal).map { [IndexCondition(alternatives: [$0])] }
        ?? []
    case .oneOf(let path, let literals):
      guard let field = path.indexedField else { return [] }
      let alternatives = literals.compactMap { alternative(field, .equal, $0) }
      guard alternatives.count == literals.count else { return [] }
      return [IndexCondition(alternatives: unique(alternatives))]
    case .and(let operands):
      return operands.flatMap(conditions)
    case .or(let operands):
      return disjunction(of: operands).map { [$0] } ?? []
    case .not, .present:
      return []
    }
  }

  /// One condition for all operands: of each, the condition with the fewest alternatives.
  private static func disjunction(of operands: [FilterExpression]) -> IndexCondition? {
    var alternatives: [IndexAlternative] = []
    for operand in operands {
      let choices = conditions(of: operand)
      guard let best = choices.min(by: { $0.alternatives.count < $1.alternatives.count }) else {
        return nil
      }
      alternatives += best.alternatives
    }
    return IndexCondition(alternatives: unique(alternatives))
  }

  /// The terms that a comparison asks for, where terms alone can tell.
  private static func alternative(
    _ field: IndexedField,
    _ comparison: FilterOperator,
    _ literal: FilterLiteral
  ) -> IndexAlternative? {
    guard let test = FilterTest(comparison, literal), !test.folded.isEmpty else { return nil }
    switch comparison {
    case .startsWith:
      // Hashes do not tell how what they stand for begins.
      return Term.isNearUnique(field.rawValue) ? nil : .prefix(field, test.folded)
    case .equal:
      // A time or a number equals other spellings of itself, which are other terms.
      guard test.time == nil else { return nil }
      if let number = test.number {
        guard Array(number.text.utf8) == test.folded else { return nil }
      }
      return .term(IndexTerm(field: field, value: test.folded))
    default: return nil
    }
  }

  private static func unique(_ alternatives: [IndexAlternative]) -> [IndexAlternative] {
    var result: [IndexAlternative] = []
    for alternative in alternatives where !result.contains(alternative) {
      result.append(alternative)
    }
    return result
  }
}
