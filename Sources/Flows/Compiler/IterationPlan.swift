internal import Values

/// How a card that calls a flow for each item does so.
final class IterationPlan: Sendable {
  let callee: Callee
  /// The input that holds the list, the object or the count.
  let source: Int?
  /// The input that holds the first memo of a reduce.
  let memo: Int?
  /// The declared type of the items of the result.
  let itemType: DeclaredType
  /// Whether the card binds its callee's inputs by the item's own members.
  let spreads: Bool

  init(callee: Callee, source: Int?, memo: Int?, itemType: DeclaredType, spreads: Bool) {
    self.callee = callee
    self.source = source
    self.memo = memo
    self.itemType = itemType
    self.spreads = spreads
  }
}
