public import Values

/// A flow as somebody reads it who reviews it: its cards in order, those of arms and inline flows below
/// the card they belong to, each with where its inputs come from.
public struct FlowOutline: Sendable {
  /// A card, or the beginning of cards that belong to one.
  public enum Entry: Sendable {
    /// A card.
    case card(OutlineCard)
    /// What the author wrote on a card of its own, and how many arms and inline flows that stands in.
    case note(Text, depth: Int)
    /// The arm of the card above it that the cards behind it stand in.
    case arm(OutlineArm)
  }

  /// The flow.
  public let flow: Flow
  /// Cards and arms in the order in which they are read.
  public let entries: [Entry]

  /// Makes the outline of a flow of a closure.
  ///
  /// - Complexity: O(cards and wires of the flow).
  public init(_ flow: Flow, in closure: FlowClosure) {
    self.flow = flow
    var writer = OutlineWriter(closure: closure)
    writer.append(flow.body, depth: 0, given: nil)
    entries = writer.entries
  }

  /// The cards, without the arms between them.
  public var cards: [OutlineCard] {
    entries.compactMap { if case .card(let card) = $0 { card } else { nil } }
  }
}
