public import Values

/// Which card of a closure a card is: the ids of its flow and of the card.
///
/// Clones of a flow repeat the ids of their cards, so that a card's own id does not suffice.
public struct CardID: Hashable, Sendable {
  /// The id of the top-level flow in which the card stands.
  public let flowID: Text
  /// The card's own id.
  public let uuid: Text

  /// Makes an id.
  public init(flowID: Text, uuid: Text) {
    self.flowID = flowID
    self.uuid = uuid
  }

  /// The id as `flow/card`.
  public var text: Text { Text(wtf8: flowID.bytes + [UInt8(ascii: "/")] + uuid.bytes) }
}
