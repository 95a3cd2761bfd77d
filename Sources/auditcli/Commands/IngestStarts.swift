internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Runs, or names, what new events start, in the order of their positions.
struct IngestStarts {
  let planner: StartPlanner
  let log: EventLog
  /// Whether what would start is run.
  let runs: Bool
  /// Whether of every flow that does not start it is told why.
  let explains: Bool
  let json: Bool

  /// What was started.
  private(set) var started: StartedRuns
  /// How many executions were started of events that were in the log before.
  private var caughtUp = 0

  init(planner: StartPlanner, local: LocalRun, runs: Bool, explains: Bool, json: Bool) {
    self.planner = planner
    log = local.log
    self.runs = runs
    self.explains = explains
    self.json = json
    started = StartedRuns(local, json: json)
  }

  /// Goes through the new events; an execution that nobody answers does not keep others from starting.
  ///
  /// - Throws: What reading the log and writing to it throws.
  mutating func go(through ranges: [Range<Position>]) throws {
    if explains || runs, !planner.hasFlows {
      Output.message(
        "No active flow begins with an event or a request; see `auditcli flow activate`."
      )
    }
    // Only the index tells quickly; why not has to be asked of every event.
    let positions = explains ? ranges.flatMap(Array.init) : try planner.candidates(in: ranges)
    try finishing { starts in
      for position in positions {
        guard let event = try starts.log.event(at: position),
          !starts.explains || InboundEventType.isInbound(Array(event.type.utf8))
        else { continue }
        for decision in try starts.planner.decisions(on: event) { try starts.tell(decision, event) }
        // What did not start is told at once, and must not stand before what started earlier.
        if starts.explains { try starts.started.finish() }
      }
    }
  }

  /// Runs what events start that were in the log before, where it has not been started since.
  ///
  /// So an ingest that was cut off between appending and starting is made good by the same command.
  ///
  /// - Parameters:
  ///   - ranges: Where events are that the ingest found in the log.
  ///   - new: The first event that it appended itself.
  /// - Throws: What reading the log and writing to it throws.
  mutating func catchUp(with ranges: [Range<Position>], before new: Position?) throws {
    let history = HistoryView(log)
    let positions = try planner.candidates(in: ranges)
    try finishing { starts in
      for position in Set(positions).sorted() where new.map({ position < $0 }) ?? true {
        guard let event = try starts.log.event(at: position) else { continue }
        let before = Set(try history.executions(startedBy: position).compactMap(\.flow))
        for decision in try starts.planner.decisions(on: event)
        where decision.starts && !before.contains(decision.flow.flow) {
          starts.caughtUp += 1
          try starts.started.start(decision, event)
        }
      }
    }
  }

  /// Brings what `body` starts to its end, also where it cannot start all.
  private mutating func finishing(_ body: (inout IngestStarts) throws -> Void) throws {
    do {
      try body(&self)
    } catch {
      try started.finish()
      throw error
    }
    try started.finish()
  }

  /// Tells where nothing was started, and how to run again what nobody answered.
  func tellEnd() {
    if runs, started.count == 0, planner.hasFlows {
      Output.message(
        "No new event starts an active flow"
          + (explains ? "." : "; `auditcli run F --event POSITION` tells why, as --explain does.")
      )
    }
    if caughtUp > 0 {
      Output.message(
        "\(caughtUp) of the executions are of events that were in the log already and had not started them."
      )
    }
    if started.withoutValues > 0 {
      Output.message(
        "\(started.withoutValues) executions were recorded without values, since their flows do not save data; "
          + "--save-data always keeps them."
      )
    }
    guard started.unanswered > 0 else { return }
    Output.message(
      "\(started.unanswered) executions ended for want of an answer. With the answers, run them again: "
        + "auditcli run FLOW --event POSITION --answers FILE"
    )
  }

  private mutating func tell(_ decision: StartDecision, _ event: Event) throws {
    if decision.starts {
      try runs ? started.start(decision, event) : wouldStart(decision, event)
    } else if explains {
      wouldNotStart(decision, event)
    }
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
