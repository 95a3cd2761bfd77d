internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// A breadth-first walk over the links of a log.
struct TraceWalk {
  enum Node: Hashable {
    case event(Position)
    case execution(Text)
    case step(execution: Text, path: Text)
  }

  let tracer: Tracer
  let direction: TraceDirection
  let limit: Int
  private(set) var edges: [TraceEdge] = []
  private var known: Set<TraceEdge> = []
  private var seen: Set<Node> = []
  private var queue: [Node] = []
  /// The recording read last; a walk stays in one tree for long.
  private var recent: (root: Text, recording: Recording?)?

  init(tracer: Tracer, direction: TraceDirection, limit: Int) {
    self.tracer = tracer
    self.direction = direction
    self.limit = limit
  }

  mutating func visit(_ node: Node) {
    if seen.insert(node).inserted { queue.append(node) }
  }

  mutating func run() throws {
    var next = 0
    while next < queue.count, edges.count < limit {
      let node = queue[next]
      next += 1
      switch (node, direction) {
      case (.event(let position), .down): try consequences(of: position)
      case (.event(let position), .up): try causes(of: position)
      case (.execution(let id), .down): try consequences(ofExecution: id)
      case (.execution(let id), .up): try causes(ofExecution: id)
      case (.step(let execution, let path), .down): try consequences(ofStep: path, execution)
      case (.step(let execution, _), .up):
        link(.execution(execution), node, .ran, follow: .execution(execution))
      }
    }
  }

  /// Adds a link and goes on at `follow`.
  mutating func link(_ from: Node, _ to: Node, _ kind: TraceEdge.Kind, follow: Node) {
    add(TraceEdge(from: from.text, to: to.text, kind: kind))
    visit(follow)
  }

  mutating func add(_ edge: TraceEdge) {
    guard edges.count < limit, known.insert(edge).inserted else { return }
    edges.append(edge)
  }

  mutating func recording(of entry: HistoryEntry) throws -> Recording? {
    if let recent, recent.root == entry.root { return recent.recording }
    let recording = try tracer.recording(of: entry)
    recent = (entry.root, recording)
    return recording
  }
}

extension TraceWalk.Node {
  var text: Text {
    switch self {
    case .event(let position): Text("event:\(position)")
    case .execution(let id): Text("execution:\(id)")
    case .step(let execution, let path): Text("step:\(execution)/\(path)")
    }
  }
}

// MARK: - Consequences

extension TraceWalk {
  private mutating func consequences(of position: Position) throws {
    let node = Node.event(position)
    for entry in try tracer.history.executions(startedBy: position) {
      link(node, .execution(entry.execution), .started, follow: .execution(entry.execution))
    }
    guard let event = try tracer.log.event(at: position) else { return }
    try carriers(of: event)
    for next in try brought(by: position) {
      link(node, .event(next.position), .brought, follow: .event(next.position))
    }
  }

  /// The log events that a delivery brought, which stand right behind it.
  private func brought(by delivery: Position) throws -> [Event] {
    var events: [Event] = []
    try tracer.log.read(delivery.advanced(by: 1)..<delivery.advanced(by: 1_001)) { next in
      guard next.cause == delivery, InboundEventType.isInbound(Array(next.type.utf8)) else {
        return false
      }
      events.append(next)
      return true
    }
    return events
  }

  private mutating func carriers(of event: Event) throws {
    for id in try executionsCarrying(event) {
      link(.event(event.position), .execution(id), .carried, follow: .execution(id))
    }
  }

  /// The executions whose inputs carry an event, started by the delivery that brought it: list items
  /// where there are any, else the roots.
  private func executionsCarrying(_ event: Event) throws -> [Text] {
    guard !event.attributes.id.isEmpty, let delivery = event.cause else { return [] }
    let id = Text(wtf8: event.attributes.id)
    var found: [Text] = []
    for root in try tracer.history.executions(startedBy: delivery) {
      var tree = [root]
      while let entry = tree.popLast() {
        let children = try tracer.history.children(of: entry.execution)
        let carriers = children.filter { $0.index != nil && $0.carries.contains(id) }
        tree += children.filter { !carriers.contains($0) }
        found += carriers.map(\.execution)
        if entry.parent == nil, carriers.isEmpty, entry.carries.contains(id) {
          found.append(entry.execution)
        }
      }
    }
    return found
  }

  private mutating func consequences(ofExecution id: Text) throws {
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

  private mutating func consequences(ofStep path: Text, _ execution: Text) throws {
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

// MARK: - Causes

extension TraceWalk {
  private mutating func causes(of position: Position) throws {
    guard let event = try tracer.log.event(at: position) else { return }
    let node = Node.event(position)
    if let first = event.conflictsWith {
      link(.event(first), node, .conflicting, follow: .event(first))
    }
    if let (execution, path) = event.maker {
      let step = Node.step(execution: execution, path: path)
      link(step, node, .wrote, follow: step)
    } else if let own = event.recordedStep {
      visit(own)
    } else if let cause = event.cause {
      link(.event(cause), node, .brought, follow: .event(cause))
    }
    if InboundEventType.isInbound(Array(event.type.utf8)), !event.attributes.actor.isEmpty {
      let actor = Text(wtf8: event.attributes.actor)
      add(TraceEdge(from: Text("actor:\(actor)"), to: node.text, kind: .acted))
    }
  }

  private mutating func causes(ofExecution id: Text) throws {
    guard let entry = try tracer.history.execution(id) else { return }
    let node = Node.execution(id)
    try causes(carriedBy: entry)
    if let parent = entry.parent {
      if let path = try recording(of: entry)?.pathOfStep(calling: id) {
        let caller = Node.step(execution: parent, path: path)
        link(caller, node, .called, follow: caller)
      } else {
        link(.execution(parent), node, .called, follow: .execution(parent))
      }
      return
    }
    if let trigger = entry.trigger {
      link(.event(trigger.position), node, .started, follow: .event(trigger.position))
    }
    if let actor = entry.actor {
      add(TraceEdge(from: Text("actor:\(actor)"), to: node.text, kind: .acted))
    }
  }

  /// The events of the delivery at the root that an execution's inputs carry.
  private mutating func causes(carriedBy entry: HistoryEntry) throws {
    guard !entry.carries.isEmpty,
      let delivery = try tracer.history.execution(entry.root)?.trigger?.position
    else { return }
    for event in try brought(by: delivery)
    where try executionsCarrying(event).contains(entry.execution) {
      link(
        .event(event.position),
        .execution(entry.execution),
        .carried,
        follow: .event(event.position)
      )
    }
  }
}

extension Event {
  /// The execution and step that made the change of a table, nil for any other event.
  fileprivate var maker: (Text, Text)? {
    guard type.hasPrefix("row.") || type == "table.cleared",
      let data = ViewRow.object(data), let execution = data.textAt("execution"),
      let step = data.textAt("step")
    else { return nil }
    return (execution, step)
  }

  /// The execution or step that a recording's event tells of.
  fileprivate var recordedStep: TraceWalk.Node? {
    guard type.hasPrefix("execution.") || type.hasPrefix("step."),
      let data = ViewRow.object(data), let execution = data.textAt("execution")
    else { return nil }
    if type.hasPrefix("step."), let path = data.textAt("step") {
      return .step(execution: execution, path: path)
    }
    return .execution(execution)
  }
}
