internal import EventStore
internal import Replay
internal import Values

extension TraceWalk {
  /// The things that a trace begins at; those found by index are linked to what was asked for.
  mutating func nodes(of start: TraceStart) throws -> [Node] {
    switch start {
    case .position(let position):
      guard try tracer.log.event(at: position) != nil else {
        throw try tracer.unknown("\(position)")
      }
      return [.event(position)]
    case .eventID(let id):
      let found = try events(id)
      if found.isEmpty { throw try tracer.unknown("\(id)") }
      return found.map(Node.event)
    case .execution(let id):
      guard try tracer.history.execution(id) != nil else { throw try tracer.unknown("\(id)") }
      return [.execution(id)]
    case .step(let execution, let path): return [try step(path, of: execution)]
    case .actor(let name):
      var nodes = try linked(events([.actorAlternateID, .actorID], name), "actor:\(name)", .acted)
      var query = HistoryQuery()
      query.actor = name
      for entry in try tracer.history.entries(query).reversed() where entry.actor == name {
        let node = Node.execution(entry.execution)
        add(TraceEdge(from: Text("actor:\(name)"), to: node.text, kind: .acted))
        nodes.append(node)
      }
      return nodes
    case .target(let name):
      return try linked(
        events([.targetAlternateID, .targetID], name),
        "target:\(name)",
        .targeted
      )
    case .address(let address):
      return try linked(events([.clientIPAddress], address), "ip:\(address)", .came)
    case .token(let token):
      return try linked(events([.apiTokenID], token), "token:\(token)", .acted)
    }
  }

  /// The step of an execution, or of one that it called.
  private mutating func step(_ path: Text, of execution: Text) throws -> Node {
    guard let entry = try tracer.history.execution(execution) else {
      throw try tracer.unknown("\(execution)")
    }
    guard let recording = try recording(of: entry),
      let runner = recording.execution(runningStepAt: path),
      recording.isExecution(runner, within: execution)
    else { throw TraceError.unknownStep(execution: execution, path: path) }
    return .step(execution: runner, path: path)
  }

  /// The events with that id, in order.
  private func events(_ id: Text) throws -> [Position] {
    let entries = try events([.uuid], id)
    guard entries.isEmpty else { return entries }
    // Deliveries and webhooks have ids that no filter names.
    return try EventLookup(tracer.log).events(withID: id.description).map(\.position)
  }

  private mutating func linked(
    _ positions: [Position],
    _ from: String,
    _ kind: TraceEdge.Kind
  ) -> [Node] {
    positions.map { position in
      let node = Node.event(position)
      add(TraceEdge(from: Text(from), to: node.text, kind: kind))
      return node
    }
  }

  /// The events in which one of the fields has the value, in order.
  private func events(_ fields: [IndexedField], _ value: Text) throws -> [Position] {
    let folded = CaseFolding.fold(value.bytes)
    let terms = fields.map { TermPattern.exactly(Term(field: $0.rawValue, value: folded)) }
    let end = Position(try tracer.log.size().count)
    let result = try tracer.log.positions(
      matching: [terms],
      in: Position(0)..<end,
      limit: limit + 1
    )
    let reader = JSONReader()
    var found: [Position] = []
    // A hit of the index is confirmed on the event's own bytes.
    try tracer.log.scan(result.positions) { lent in
      let isMatch = try? reader.withDocument(lent.data()) { event in
        Self.values(of: fields, in: event).contains { CaseFolding.fold($0) == folded }
      }
      if isMatch ?? false { found.append(lent.position) }
      return found.count <= limit
    }
    return found
  }

  private static func values(of fields: [IndexedField], in event: JSONElement) -> [[UInt8]] {
    var values: [[UInt8]] = []
    for field in fields {
      switch field {
      case .uuid: values += [event["uuid"]?.textBytes].compactMap(\.self)
      case .actorID: values += [event["actor"]?["id"]?.textBytes].compactMap(\.self)
      case .actorAlternateID:
        values += [event["actor"]?["alternateId"]?.textBytes].compactMap(\.self)
      case .clientIPAddress:
        values += [event["client"]?["ipAddress"]?.textBytes].compactMap(\.self)
      case .apiTokenID:
        let token = event["transaction"]?["detail"]?["requestApiTokenId"]
        values += [token?.textBytes].compactMap(\.self)
      case .targetID: values += targets(event).compactMap { $0["id"]?.textBytes }
      case .targetAlternateID: values += targets(event).compactMap { $0["alternateId"]?.textBytes }
      default: break
      }
    }
    return values
  }

  private static func targets(_ event: JSONElement) -> [JSONElement] {
    guard let target = event["target"] else { return [] }
    return target.kind == .array ? Array(target.items) : [target]
  }
}
