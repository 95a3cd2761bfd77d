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
    cause: RecordedCause? = nil
  ) throws -> Ended {
    let flow = try LocalFlow(flow, self)
    let header = flow.header(trigger, cause: cause)
    var driver = try flow.driver()
    let outcome = try Recorder(log).run(flow.program, header, &driver)
    return flow.ended(header, outcome, driver)
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
