internal import EventStore
internal import Flows
internal import Replay
internal import Values

extension TraceWalk {
  mutating func consequences(of position: Position) throws {
    let node = Node.event(position)
    for entry in try tracer.history.executions(startedBy: position) {
      link(node, .execution(entry.execution), .started, follow: .execution(entry.execution))
    }
    guard let event = try tracer.log.event(at: position) else { return }
    for id in try executionsCarrying(event) {
      link(node, .execution(id), .carried, follow: .execution(id))
    }
    for next in try delivered.brought(by: event) {
      link(node, .event(next.position), .brought, follow: .event(next.position))
    }
    for tick in try ticks(plannedBy: event) {
      link(node, .event(tick), .planned, follow: .event(tick))
    }
    let attributes = event.attributes
    for copy in try tracer.log.events(source: attributes.source, id: attributes.id)
    where copy.conflictsWith == position {
      link(node, .event(copy.position), .conflicting, follow: .event(copy.position))
    }
  }

  /// The ticks that were planned since a version was made the active one, as many as are wanted.
  private func ticks(plannedBy event: Event) throws -> [Position] {
    guard FlowEventType(Array(event.type.utf8)) == .activated else { return [] }
    let flow = Text(wtf8: event.attributes.subject)
    let later = try tracer.log.positions(of: Tick.stream(of: flow)).drop { $0 < event.position }
    var found: [Position] = []
    for position in later {
      guard let tick = try tracer.log.event(at: position), tick.cause == event.position else {
        if found.isEmpty { continue }
        break
      }
      found.append(position)
      if found.count > limit { break }
    }
    return found
  }

  /// The executions whose inputs carry an event, started by a delivery that brought it: list items
  /// where there are any, else the roots.
  func executionsCarrying(_ event: Event) throws -> [Text] {
    guard !event.attributes.id.isEmpty else { return [] }
    let carriers = try tracer.history.executions(carrying: Text(wtf8: event.attributes.id))
    var found: [Text] = []
    for (root, entries) in Dictionary(grouping: carriers, by: \.root).sorted(by: { $0.key < $1.key }
    ) {
      guard let delivery = try tracer.history.execution(root)?.trigger?.position,
        try delivered.brought(by: delivery).contains(where: { $0.position == event.position })
      else { continue }
      let items = entries.filter { $0.index != nil }
      found +=
        try items.isEmpty ? entries.filter { $0.parent == nil }.map(\.execution) : outermost(items)
    }
    return found
  }

  /// Those of a tree's executions that none of the others called.
  private func outermost(_ entries: [HistoryEntry]) throws -> [Text] {
    let ids = Set(entries.map(\.execution))
    return try entries.filter { entry in
      var next = entry.parent
      while let id = next, !ids.contains(id) { next = try tracer.history.execution(id)?.parent }
      return next == nil
    }
    .map(\.execution)
  }

  mutating func consequences(ofExecution id: Text) throws {
    guard let entry = try tracer.history.execution(id) else { return }
    if let repaired = entry.resolvedBy {
      link(.execution(id), .execution(repaired), .repaired, follow: .execution(repaired))
    }
    guard let recording = try recording(of: entry) else {
      for child in try tracer.history.children(of: id) {
        link(
          .execution(id),
          .execution(child.execution),
          .called,
          follow: .execution(child.execution)
        )
      }
      return
    }
    for step in recording.steps where step.execution == id {
      guard step.isEffect || !step.callees.isEmpty else { continue }
      let node = Node.step(execution: id, path: step.path)
      link(.execution(id), node, .ran, follow: node)
    }
    for path in recording.unfinishedSteps(of: id) {
      let node = Node.step(execution: id, path: path)
      link(.execution(id), node, .ran, follow: node)
    }
  }

  mutating func consequences(ofStep path: Text, _ execution: Text) throws {
    guard let entry = try tracer.history.execution(execution),
      let recording = try recording(of: entry)
    else { return }
    let node = Node.step(execution: execution, path: path)
    let steps = recording.steps
    guard let step = steps.first(where: { $0.path == path && $0.execution == execution }) else {
      consequences(ofUnfinishedStep: path, execution, in: recording)
      return
    }
    for request in step.requests {
      guard let method = request.method else { continue }
      add(TraceEdge(from: node.text, to: Text("effect:\(method)"), kind: .effect))
    }
    for callee in step.callees {
      link(node, .execution(callee), .called, follow: .execution(callee))
    }
    guard step.requests.contains(where: { $0.method?.connector == "stash" }),
      let positions = recording.positions
    else { return }
    var written: [Position] = []
    try tracer.log.read(positions.lowerBound..<positions.upperBound.advanced(by: 1_000)) { event in
      if event.attributes.correlation == entry.root.bytes, let made = event.maker,
        made == (execution, path)
      {
        written.append(event.position)
      }
      return true
    }
    for position in written { link(node, .event(position), .wrote, follow: .event(position)) }
  }
}

extension TraceWalk {
  /// What a step led to that began and never ended: what it called, and what was sent for it.
  private mutating func consequences(
    ofUnfinishedStep path: Text,
    _ execution: Text,
    in recording: Recording
  ) {
    let node = Node.step(execution: execution, path: path)
    for open in recording.openRequests where open.path == path && open.execution == execution {
      guard let method = open.request.method else { continue }
      add(TraceEdge(from: node.text, to: Text("effect:\(method)"), kind: .effect))
    }
    for callee in recording.callees(ofUnfinishedStep: path, in: execution) {
      link(node, .execution(callee), .called, follow: .execution(callee))
    }
  }
}
