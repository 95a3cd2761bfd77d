internal import Flows
internal import Values

/// What people call the connections and cards of a flow.
struct FlowNames: Sendable {
  private let connections: [Text: Text]
  private let cards: [Text: Text]

  init(_ program: Program, _ closure: FlowClosure) {
    connections = Dictionary(
      closure.connections.map { ($0.id, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
    cards = Dictionary(
      program.cards.map { ($0.uuid, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The name of a request's connection, nil where it has none.
  func connection(of request: ConnectorRequest) -> Text? {
    request.connection.flatMap { connections[$0] }
  }

  /// The name of the card at the end of a step's path, else its id.
  func card(at path: Text) -> Text {
    let id = path.cardOfStep
    return cards[id] ?? id
  }
}
