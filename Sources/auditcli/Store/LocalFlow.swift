internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// A registered flow, ready to be run on this machine any number of times.
struct LocalFlow {
  let flow: RegisteredFlow
  let program: Program
  private let local: LocalRun
  private let closure: FlowClosure
  private let version: FlowVersion
  private let typed: TypedAnswers?
  /// What answers, before a run has begun.
  private let fresh: LocalDriver

  /// Reads a flow's definition and compiles it.
  ///
  /// - Throws: `FlowRegistryError`; `Failure` where the file of connections has another secret.
  init(_ flow: RegisteredFlow, _ local: LocalRun) throws {
    self.flow = flow
    self.local = local
    let log = local.log
    closure = try FlowRegistry(log).closure(of: flow)
    version = FlowVersion(closure)
    program = Program(closure, secrets: try local.secrets.forLocalRun(of: closure))
    // What is made up so that a comparison holds is recorded, so it is made up without the secrets.
    let known = program.hasSecrets ? Program(closure) : program
    typed = local.typedSeed.map { TypedAnswers(known, seed: $0) }
    fresh = LocalDriver(
      program,
      closure: closure,
      script: local.script,
      otherwise: typed.map { .typed($0) } ?? .fail,
      ambient: LocalWorld.sources,
      tables: TableView(log).source
    )
  }

  /// What the recording of a run to come begins with; where nothing is said of what starts it, that is
  /// made up or plain.
  func header(_ trigger: Trigger?, cause: RecordedCause?) -> RecordingHeader {
    RecordingHeader(
      execution: ExecutionID.text(of: ProcessWorld.entropy(ExecutionID.byteCount)),
      version: version,
      number: flow.version,
      mode: .local,
      actor: Text(local.actor),
      cause: cause,
      input: trigger ?? typed?.trigger() ?? LocalRun.plainTrigger(of: closure.flow),
      salt: ProcessWorld.entropy(16),
      savesValues: isInvented(trigger) || silent == nil
    )
  }

  /// What answers a run that begins now.
  func driver() throws -> LocalDriver {
    // Made-up answers are for seeing a flow run; a search of a log without entries shows nothing.
    guard typed == nil else { return fresh }
    let entries = SystemLogAnswers(local.log, asOf: try local.log.size().count)
    var driver = fresh
    driver.search = { try entries.reply(to: $0) }
    return driver
  }

  /// What is to be said of a run that has ended.
  func ended(
    _ header: RecordingHeader,
    _ outcome: RunOutcome,
    _ driver: LocalDriver
  ) -> LocalRun.Ended {
    LocalRun.Ended(
      execution: header.execution,
      flow: flow,
      outcome: outcome,
      withoutValues: header.savesValues ? nil : silent?.name,
      remarks: driver.unknownZones.sorted().map { RecordedStep.remark(onUnknownZone: $0) }
    )
  }

  /// The flow whose export keeps values out of recordings, nil where none does.
  private var silent: Flow? {
    local.saving == .always ? nil : closure.flows.first { !$0.savesData }
  }

  /// Whether all of a run is made up, and nobody's data.
  private func isInvented(_ trigger: Trigger?) -> Bool { trigger == nil && typed != nil }
}
