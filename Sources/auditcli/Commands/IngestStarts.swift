internal import Audit
internal import EventStore
internal import Flows
internal import Replay
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

  /// How many executions were started.
  private var started = 0
  /// How many executions were started of events that were in the log before.
  private var caughtUp = 0
  /// How many executions ended because nobody answered.
  private(set) var unanswered = 0
  /// How many executions ended at a card type that is not supported.
  private(set) var unsupported = 0
  /// How many executions are recorded without values.
  private var withoutValues = 0
  /// The cards whose missing answers were told of in full.
  private var told: Set<UnansweredRequest> = []

  init(planner: StartPlanner, local: LocalRun, runs: Bool, explains: Bool, json: Bool) {
    self.planner = planner
    self.local = local
    self.runs = runs
    self.explains = explains
    self.json = json
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
    for position in positions {
      guard let event = try local.log.event(at: position),
        !explains || InboundEventType.isInbound(Array(event.type.utf8))
      else { continue }
      for decision in try planner.decisions(on: event) { try tell(decision, event) }
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
    let history = HistoryView(local.log)
    let positions = try planner.candidates(in: ranges)
    for position in Set(positions).sorted() where new.map({ position < $0 }) ?? true {
      guard let event = try local.log.event(at: position) else { continue }
      let started = Set(try history.executions(startedBy: position).compactMap(\.flow))
      for decision in try planner.decisions(on: event)
      where decision.starts && !started.contains(decision.flow.flow) {
        caughtUp += 1
        try run(decision, event)
      }
    }
  }

  /// Tells where nothing was started, and how to run again what nobody answered.
  func tellEnd() {
    if runs, started == 0, planner.hasFlows {
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
    if withoutValues > 0 {
      Output.message(
        "\(withoutValues) executions were recorded without values, since their flows do not save data; "
          + "--save-data always keeps them."
      )
    }
    guard unanswered > 0 else { return }
    Output.message(
      "\(unanswered) executions ended for want of an answer. With the answers, run them again: "
        + "auditcli run FLOW --event POSITION --answers FILE"
    )
  }

  private mutating func tell(_ decision: StartDecision, _ event: Event) throws {
    if decision.starts {
      try runs ? run(decision, event) : wouldStart(decision, event)
    } else if explains {
      wouldNotStart(decision, event)
    }
  }

  private mutating func run(_ decision: StartDecision, _ event: Event) throws {
    let execution = local.newExecution()
    started += 1
    do {
      let ended = try local.run(decision, on: event, as: execution)
      if ended.withoutValues != nil { withoutValues += 1 }
      if let gap = ended.unsupported {
        unsupported += 1
        tell(gap, decision, event)
      }
    } catch DriverError.unanswered(let request) {
      unanswered += 1
      tellUnanswered(request, decision, event)
    }
    guard let entry = try HistoryView(local.log).execution(execution) else { return }
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

  private mutating func tellUnanswered(
    _ request: UnansweredRequest,
    _ decision: StartDecision,
    _ event: Event
  ) {
    let isNew = told.insert(request.withoutInputs).inserted
    let reason = isNew ? "\(request)" : "no answer for the card \"\(request.card)\" as before"
    tell(reason, decision, event)
  }

  private func tell(_ reason: String, _ decision: StartDecision, _ event: Event) {
    let label = decision.flow.label.description.visible
    Output.message("position \(event.position), \(label): \(reason)")
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
