internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Runs registered flows on this machine and records them.
struct LocalRun {
  let log: EventLog
  let actor: String
  let script: ScriptedAnswers?
  /// The seed of made-up answers, or nil where none are made up.
  let typedSeed: UInt64?
  let saving: DataSaving
  let secrets: RunSecrets

  /// How a run ended.
  struct Ended {
    let execution: Text
    let flow: RegisteredFlow
    let outcome: RunOutcome
    /// The flow whose export kept the values out of the recording, nil where they are in it.
    let withoutValues: Text?
    /// What a reader should know of the run, as sentences.
    let remarks: [String]

    /// That a card of a type that is not supported ended the run, and where; nil where none did.
    var unsupported: String? {
      guard let error = outcome.abortedBy, error.error.kind == .unsupportedCard else { return nil }
      return "\(error.error.message) The execution ended there, at \(error.path)."
    }
  }

  /// Runs a flow to its end; everything is durable when this returns.
  ///
  /// - Throws: `DriverError` where nobody answers; `EventLogError`.
  func run(
    _ flow: RegisteredFlow,
    _ trigger: Trigger?,
    cause: RecordedCause? = nil,
    as execution: Text? = nil
  ) throws -> Ended {
    let closure = try FlowRegistry(log).closure(of: flow)
    let program = Program(closure, secrets: try secrets.forLocalRun(of: closure))
    // What is made up so that a comparison holds is recorded, so it is made up without the secrets.
    let known = program.hasSecrets ? Program(closure) : program
    let typed = typedSeed.map { TypedAnswers(known, seed: $0) }
    let input = trigger ?? typed?.trigger() ?? Self.plainTrigger(of: closure.flow)
    // What is made up from end to end is nobody's data.
    let isInvented = trigger == nil && typed != nil
    let silent = saving == .always || isInvented ? nil : closure.flows.first { !$0.savesData }
    let header = RecordingHeader(
      execution: execution ?? newExecution(),
      version: FlowVersion(closure),
      number: flow.version,
      mode: .local,
      actor: Text(actor),
      cause: cause,
      input: input,
      salt: ProcessWorld.entropy(16),
      savesValues: silent == nil
    )
    let entries = SystemLogAnswers(log, asOf: try log.size().count)
    // Made-up answers are for seeing a flow run; a search of a log without entries shows nothing.
    let search: LocalDriver.Search? =
      typed == nil ? { @Sendable in try entries.reply(to: $0) } : nil
    var driver = LocalDriver(
      program,
      closure: closure,
      script: script,
      otherwise: typed.map { .typed($0) } ?? .fail,
      ambient: LocalWorld.sources,
      tables: TableView(log).source,
      search: search
    )
    let outcome = try Recorder(log).run(program, header, &driver)
    return Ended(
      execution: header.execution,
      flow: flow,
      outcome: outcome,
      withoutValues: silent?.name,
      remarks: driver.unknownZones.sorted().map { RecordedStep.remark(onUnknownZone: $0) }
    )
  }

  /// Runs what an event starts, caused by the event.
  func run(
    _ decision: StartDecision,
    on event: Event,
    as execution: Text? = nil
  ) throws -> Ended {
    try run(decision.flow, decision.trigger, cause: Self.cause(event), as: execution)
  }

  /// An event as the cause of what it starts.
  static func cause(_ event: Event) -> RecordedCause {
    let summary = try? JSONReader().withDocument(event.data) { EventSummary($0) }
    return RecordedCause(
      position: event.position,
      id: Text(String(decoding: event.attributes.id, as: UTF8.self)),
      type: Text(summary.flatMap { $0.type.isEmpty ? nil : $0.type } ?? event.type),
      actor: Text(String(decoding: event.attributes.actor, as: UTF8.self))
    )
  }

  /// An id for an execution to come.
  func newExecution() -> Text {
    ExecutionID.text(of: ProcessWorld.entropy(ExecutionID.byteCount))
  }

  /// What starts a flow about which nothing more is said.
  static func plainTrigger(of flow: Flow) -> Trigger {
    switch flow.trigger {
    case .helper: .call(arguments: Object())
    case .scheduled: .scheduled(at: Instant(milliseconds: ProcessWorld.now()))
    case .manual: .manual
    case .apiEndpoint: .http(HTTPRequest())
    case .delegated: .delegated(inputs: Object(), user: nil)
    case .connectorEvent: .events([])
    }
  }
}
