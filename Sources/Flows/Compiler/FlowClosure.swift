public import Values

/// A flow with every flow it can reach, and the tables and connections they name.
///
/// The closure is what identifies a flow version, and all that is needed to run it again.
public struct FlowClosure: Sendable {
  /// The flow itself.
  public let flow: Flow
  /// The flow and all it can reach: callees, error flows, receivers of records.
  ///
  /// The flow itself is first; the others follow in the order in which cards name them.
  public let flows: [Flow]
  /// The tables that their cards name.
  public let tables: [TableDefinition]
  /// The connections that their cards name.
  public let connections: [Connection]
  /// The secrets that their constants refer to, in the order in which the export has them.
  public let secrets: [SecretReference]
}

extension FlowPack {
  /// The flow with an id and all that it can reach, nil where the export has no such flow.
  ///
  /// A flow whose callee a wire chooses can reach every flow of the export.
  ///
  /// - Complexity: O(*n*) in the size of the export.
  public func closure(of id: Text) -> FlowClosure? {
    guard let flow = flow(id: id) else { return nil }
    var search = ClosureSearch(pack: self)
    search.visit(flow)
    return FlowClosure(
      flow: flow,
      flows: search.flows,
      tables: tables.filter { search.tables.contains($0.id) },
      connections: connections.filter { search.connections.contains($0.id) },
      secrets: secrets.filter { reference in
        search.flows.contains { $0.exported.holds(reference.text) }
      }
    )
  }
}

extension FlowClosure {
  /// The definition as bytes from which ``decode(_:)`` makes an equal closure: a JSON envelope like
  /// an export's, with flows, tables and connections exactly as they were exported.
  public func encode() -> [UInt8] {
    var envelope: Object = [
      "type": "closure",
      "root": .text(flow.id),
      "data": [
        "flos": .object(Object(flows.map { ($0.id, $0.exported) })),
        "configs": .object(Object(connections.map { ($0.id, $0.exported) })),
        "tables": .object(Object(tables.map { ($0.id, $0.exported) })),
        "groups": [:],
      ],
    ]
    if !secrets.isEmpty { envelope["secrets"] = .list(secrets.map(\.value)) }
    return JSON.serialize(.object(envelope))
  }

  /// The closure that ``encode()`` made bytes of.
  ///
  /// - Throws: `FlowLoadError` where the bytes are none.
  public static func decode(_ bytes: [UInt8]) throws(FlowLoadError) -> FlowClosure {
    let source = "closure"
    let value = try PackReader.parse(bytes, source: source)
    let whole = ExportNode(value: value, place: ExportPlace(source: source))
    let root = try whole.member("root")
    let secrets = try whole.optionalMember("secrets")?.items().compactMap {
      SecretReference($0.value)
    }
    let pack = try PackReader(source: source, secrets: secrets ?? []).read(value)
    let id = try root.text()
    guard let closure = pack.closure(of: id) else { throw root.error(.danglingFlow(id)) }
    return closure
  }
}

/// Walks from a flow to all it can reach.
private struct ClosureSearch {
  let pack: FlowPack
  var flows: [Flow] = []
  var tables: Set<Text> = []
  var connections: Set<Text> = []
  private var seen: Set<Text> = []

  init(pack: FlowPack) {
    self.pack = pack
  }

  mutating func visit(_ flow: Flow) {
    var pending = [flow]
    seen.insert(flow.id)
    while !pending.isEmpty {
      let next = pending.removeFirst()
      flows.append(next)
      var bodies: [FlowBody] = []
      next.body.forEachBody { bodies.append($0) }
      var named: [Text] = []
      for body in bodies { named += reached(from: body) }
      for id in named where seen.insert(id).inserted {
        if let flow = pack.flow(id: id) { pending.append(flow) }
      }
    }
  }

  private mutating func reached(from body: FlowBody) -> [Text] {
    var found: [Text] = []
    for card in body.cards {
      found += card.calledFlows
      if let table = card.table { tables.insert(table) }
      if let connection = card.connection { connections.insert(connection) }
    }
    for wire in body.wires {
      let input = body.cards[wire.targetCard].inputs[wire.targetInput]
      if input.field.type == .flow { found += pack.flows.map(\.id) }
      if input.name == FieldName(group: "parameters", key: "stash") {
        tables.formUnion(pack.tables.map(\.id))
      }
    }
    return found
  }
}
