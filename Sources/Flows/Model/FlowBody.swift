public import Values

/// The cards of a flow or of an inline flow inside a card, in the order in which they run.
public struct FlowBody: Sendable {
  /// The id that the export gives the body; clones share ids, so it names nothing by itself.
  public let id: Text
  /// The cards in order of execution.
  ///
  /// The order is total: of an If/Else, the cards of the true arm stand before those of the false
  /// arm, and both arms are contiguous.
  public let cards: [Card]
  /// The wires, by target and then by source.
  public let wires: [Wire]

  /// The card that begins the body.
  public var root: Card? { cards.first }

  /// Visits this body and every body inside it, outer ones first.
  public func forEachBody(_ visit: (FlowBody) -> Void) {
    visit(self)
    for card in cards {
      for inline in card.inlineBodies { inline.body.forEachBody(visit) }
    }
  }
}
