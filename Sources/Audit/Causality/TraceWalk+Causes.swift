internal import EventStore
internal import Replay
internal import Values

extension TraceWalk {
  mutating func causes(of position: Position) throws {
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
      link(.event(cause), node, Tick(event) == nil ? .brought : .planned, follow: .event(cause))
    }
    if event.tellsItsActor, !event.attributes.actor.isEmpty {
      let actor = Text(wtf8: event.attributes.actor)
      add(TraceEdge(from: Text("actor:\(actor)"), to: node.text, kind: .acted))
    }
  }

  mutating func causes(ofExecution id: Text) throws {
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
    let ids = Set(entry.carries)
    for next in try delivered.brought(by: delivery) where ids.contains(next.id) {
      guard let event = try tracer.log.event(at: next.position),
        try executionsCarrying(event).contains(entry.execution)
      else { continue }
      let node = Node.event(next.position)
      link(node, .execution(entry.execution), .carried, follow: node)
    }
  }
}

extension Event {
  /// The execution and step that made the change of a table, nil for any other event.
  var maker: (Text, Text)? {
    guard type.hasPrefix("row.") || type == "table.cleared",
      let data = ViewRow.object(data), let execution = data.textAt("execution"),
      let step = data.textAt("step")
    else { return nil }
    return (execution, step)
  }

  /// Whether its actor did what it tells of: another system sent it, or it is about a flow's versions.
  fileprivate var tellsItsActor: Bool {
    let type = Array(type.utf8)
    return InboundEventType.isInbound(type) || FlowEventType(type) != nil
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
