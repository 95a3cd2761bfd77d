internal import Values

/// Checks that whatever the cards of an export name exists in it.
struct ReferenceCheck {
  let pack: FlowPack
  private let flows: Set<Text>
  private let tables: Set<Text>
  private let connections: Set<Text>

  init(pack: FlowPack) {
    self.pack = pack
    flows = Set(pack.flows.map(\.id))
    tables = Set(pack.tables.map(\.id))
    connections = Set(pack.connections.map(\.id))
  }

  func run() throws(FlowLoadError) {
    for flow in pack.flows {
      var bodies: [FlowBody] = []
      flow.body.forEachBody { bodies.append($0) }
      for body in bodies {
        for card in body.cards { try check(card, in: flow) }
      }
    }
  }

  private func check(_ card: Card, in flow: Flow) throws(FlowLoadError) {
    for problem in problems(of: card) {
      throw FlowLoadError(
        source: pack.source,
        place: "data.flos.\(flow.id) (\(flow.name)), card \(card.uuid) (\(card.name))",
        problem: problem
      )
    }
  }

  private func problems(of card: Card) -> [FlowLoadProblem] {
    var found: [FlowLoadProblem] = []
    for id in card.calledFlows where !flows.contains(id) { found.append(.danglingFlow(id)) }
    if let id = card.table, !tables.contains(id) { found.append(.danglingTable(id)) }
    if let id = card.connection, !connections.contains(id) { found.append(.danglingConnection(id)) }
    return found
  }
}

extension Card {
  /// The ids of the flows that the card names: callees, receivers of records, error flows.
  var calledFlows: [Text] {
    var found: [Text] = []
    for input in inputs {
      if case .flow(let id) = input.constant { found.append(id) }
    }
    if case .tell(let id) = errorPolicy { found.append(id) }
    return found
  }

  /// The id of the table that the card reads or writes, where a constant names it.
  var table: Text? {
    guard case .connector(let method) = kind, method.connector == "stash" else { return nil }
    for input in inputs where input.name == FieldName(group: "parameters", key: "stash") {
      if case .value(.text(let id)) = input.constant, !id.isEmpty { return id }
    }
    return nil
  }
}
