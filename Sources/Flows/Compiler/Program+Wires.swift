public import Values

extension Program {
  /// What a connector card gives, for whoever tells it in the service's place.
  public struct ConnectorOutputs: Sendable {
    /// The outputs that the card declares.
    public let declared: [CardField]
    /// Those that other cards read, by the names under which histories show them.
    public let wired: [Text]
    /// Whether records are handed to a flow besides.
    public let streams: Bool
  }

  /// What a connector card gives; nil where the program has no such card.
  ///
  /// - Complexity: O(*n*) in the size of the program.
  public func connectorOutputs(of uuid: Text) -> ConnectorOutputs? {
    let graph = ProgramGraph(self)
    var found: ConnectorOutputs?
    for (number, body) in bodies.enumerated() {
      for card in body.cards where card.uuid == uuid {
        guard case .connector(let plan) = card.structure else { continue }
        let wired = zip(card.slots, card.outputNames.names)
          .filter { !graph.readers[number][$0.0].isEmpty }.map(\.1)
        found = ConnectorOutputs(
          declared: card.signature.outputs,
          wired: (found?.wired ?? []) + wired,
          streams: plan.stream != nil
        )
      }
    }
    return found
  }
}
