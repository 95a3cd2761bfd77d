internal import Values

/// The cards of a body in order, and how many slots their outputs need.
final class CompiledBody: Sendable {
  let cards: [CompiledCard]
  let slotCount: Int
  /// The outputs of the first card where it is the head of a flow, by which callers bind.
  let head: [CardField]

  /// The names of these outputs.
  let headNames: FieldNames

  init(cards: [CompiledCard], slotCount: Int, head: [CardField]) {
    headNames = FieldNames(head)
    self.cards = cards
    self.slotCount = slotCount
    self.head = head
  }
}
