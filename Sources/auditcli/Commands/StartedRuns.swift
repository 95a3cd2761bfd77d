internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Runs what events start, many runs to a commit, and tells of each in the order of its start.
struct StartedRuns {
  private let local: LocalRun
  private let json: Bool
  private let history: HistoryView
  private var group: RecordingGroup<LocalDriver>
  /// The versions that were started before, by their labels.
  private var flows: [Text: LocalFlow] = [:]
  /// What has begun and was not told of, in the order of the starts.
  private var begun: [Begun] = []
  /// The cards whose missing answers were told of in full.
  private var told: Set<UnansweredRequest> = []

  /// How many executions were started.
  private(set) var count = 0
  /// How many ended because nobody answered.
  private(set) var unanswered = 0
  /// How many ended at a card type that is not supported.
  private(set) var unsupported = 0
  /// How many are recorded without values.
  private(set) var withoutValues = 0

  private struct Begun {
    let flow: LocalFlow
    let header: RecordingHeader
    let position: Position
  }

  init(_ local: LocalRun, json: Bool) {
    self.local = local
    self.json = json
    history = HistoryView(local.log)
    group = RecordingGroup(local.log)
  }

  /// Runs what an event starts; it is durable, and told of, by the end of ``finish()``.
  ///
  /// An execution that nobody answers does not keep others from starting.
  ///
  /// - Throws: What reading the log and writing to it throws.
  mutating func start(_ decision: StartDecision, _ event: Event) throws {
    count += 1
    let flow = try flow(decision.flow)
    let header = flow.header(decision.trigger, cause: LocalRun.cause(event))
    begun.append(Begun(flow: flow, header: header, position: event.position))
    try tell(group.add(flow.program, header, flow.driver()))
  }

  /// Brings all that was started to its end.
  ///
  /// - Throws: As ``start(_:_:)`` does.
  mutating func finish() throws {
    try tell(group.finish())
  }

  private mutating func flow(_ flow: RegisteredFlow) throws -> LocalFlow {
    if let known = flows[flow.label] { return known }
    let ready = try LocalFlow(flow, local)
    flows[flow.label] = ready
    return ready
  }
}

// MARK: - Telling

extension StartedRuns {
  private mutating func tell(_ ended: [RecordingGroup<LocalDriver>.Ended]) throws {
    guard !ended.isEmpty else { return }
    let starts = begun.prefix(ended.count)
    begun.removeFirst(ended.count)
    // All of them are in the log, so all are told of, whatever became of one.
    var failure: (any Error)?
    for (start, run) in zip(starts, ended) {
      do {
        try tell(start, run)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private mutating func tell(
    _ start: Begun,
    _ run: RecordingGroup<LocalDriver>.Ended
  ) throws {
    do {
      let ended = start.flow.ended(start.header, try run.outcome.get(), run.driver)
      if ended.withoutValues != nil { withoutValues += 1 }
      if let gap = ended.unsupported {
        unsupported += 1
        tell(gap, start)
      }
    } catch DriverError.unanswered(let request) {
      unanswered += 1
      let isNew = told.insert(request.withoutInputs).inserted
      tell(
        isNew ? "\(request)" : "no answer for the card \"\(request.card)\" as before",
        start
      )
    }
    guard let entry = try history.execution(run.execution) else { return }
    guard !json else {
      Output.json(entry.json)
      return
    }
    let style: Style = entry.status == HistoryStatus.failed.text ? .bad : .good
    let label = start.flow.flow.label.description.visible
    Output.line(
      "position \(start.position) started \(label): \(style(entry.status.description))"
    )
  }

  private func tell(_ reason: String, _ start: Begun) {
    let label = start.flow.flow.label.description.visible
    Output.message("position \(start.position), \(label): \(reason)")
  }
}
