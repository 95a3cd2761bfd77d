internal import Audit
internal import EventStore
internal import Flows
internal import Values

/// Runs, or names, what new events start, in the order of their positions.
struct IngestStarts {
  let planner: StartPlanner
  let local: LocalRun
  /// Whether what would start is run.
  let runs: Bool
  /// Whether of every flow that does not start it is told why.
  let explains: Bool
  let json: Bool

  /// Goes through the new events.
  ///
  /// - Throws: `DriverError` where nobody answers a flow; what reading the log throws.
  func go(through ranges: [Range<Position>]) throws {
    if explains, !planner.hasFlows {
      Output.message("No active flow begins with an event or a request.")
    }
    // Only the index tells quickly; why not has to be asked of every event.
    let positions = explains ? ranges.flatMap(Array.init) : try planner.candidates(in: ranges)
    for position in positions {
      guard let event = try local.log.event(at: position),
        !explains || InboundEventType.isInbound(Array(event.type.utf8))
      else { continue }
      for decision in try planner.decisions(on: event) { try tell(decision, event) }
    }
  }

  private func tell(_ decision: StartDecision, _ event: Event) throws {
    if decision.starts {
      try runs ? run(decision, event) : wouldStart(decision, event)
    } else if explains {
      wouldNotStart(decision, event)
    }
  }

  private func run(_ decision: StartDecision, _ event: Event) throws {
    let ended = try local.run(decision, on: event)
    guard let entry = try HistoryView(local.log).execution(ended.execution) else { return }
    guard !json else {
      Output.json(entry.json)
      return
    }
    let style: Style = entry.status == HistoryStatus.failed.text ? .bad : .good
    let label = decision.flow.label.description.visible
    Output.line(
      "position \(event.position) started \(label): \(style(entry.status.description))"
    )
  }

  private func wouldStart(_ decision: StartDecision, _ event: Event) {
    guard json else {
      let label = decision.flow.label.description.visible
      Output.message("position \(event.position) would start \(label)")
      return
    }
    Output.json([
      "position": .number(Double(event.position.rawValue)),
      "wouldStart": .text(decision.flow.label),
    ])
  }

  private func wouldNotStart(_ decision: StartDecision, _ event: Event) {
    guard json else {
      let label = decision.flow.label.description.visible
      let reason = decision.reason.visible
      Output.message("position \(event.position) does not start \(label): \(reason)")
      return
    }
    Output.json([
      "position": .number(Double(event.position.rawValue)),
      "doesNotStart": .text(decision.flow.label), "reason": .text(Text(decision.reason)),
    ])
  }
}
