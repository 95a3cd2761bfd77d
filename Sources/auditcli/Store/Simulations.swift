internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Synchronization
internal import Values

/// Simulates executions that Okta ran, each with the version that its flow has now, or all with one; on any
/// thread.
final class Simulations: Sendable {
  /// What came of one.
  enum Result: Sendable {
    case simulated(Simulated)
    case skipped(reason: String)
  }

  /// What an execution likely did, and by what it was likely started.
  struct Simulated: Sendable {
    let flow: Text
    let position: Position
    let candidates: Int
    let run: SimulatedRun
  }

  /// What simulating executions of one version takes.
  private struct Version {
    let label: Text
    let closure: FlowClosure
    let simulation: Simulation
    let triggers: LikelyTriggers
  }

  /// What likely started an execution, and what runs on it.
  private struct Start: Sendable {
    let label: Text
    let closure: FlowClosure
    let simulation: Simulation
    let finding: LikelyTriggers.Finding
  }

  private let log: EventLog
  private let with: String?
  private let script: ScriptedAnswers?
  private let supposition: Supposition
  private let recorded: RecordedAnswers
  private let versions = Mutex<[String: Version]>([:])

  init(
    _ log: EventLog,
    with name: String?,
    script: ScriptedAnswers?,
    supposing supposition: Supposition
  ) {
    self.log = log
    with = name
    self.script = script
    self.supposition = supposition
    recorded = RecordedAnswers(log)
  }

  /// Whether an answer can be used up, so that one simulation has to come after the other.
  var dependOnOrder: Bool { (script?.countsUses ?? false) || supposition.countsUses }

  /// What an execution likely did.
  ///
  /// - Throws: `Failure` where the version that is asked for is not there, or its trigger cannot be what
  ///   is supposed; what reading the log throws.
  func result(of entry: HistoryEntry) throws -> Result {
    guard entry.mode == .observed else {
      return .skipped(reason: "It was recorded: replay it without --simulate.")
    }
    guard let start = try versions.withLock({ try start(of: entry, &$0) }) else {
      let name = entry.flowName ?? entry.flow ?? "its flow"
      return .skipped(reason: "\(name) is not in the log: add its export with `auditcli flow add`.")
    }
    switch start.finding {
    case .unknown(let reason): return .skipped(reason: reason)
    case .found(let trigger, let position, let candidates):
      let subject = Simulation.Subject(
        execution: entry.execution,
        start: Instant(milliseconds: entry.started),
        input: try supposition.input(trigger, of: entry.execution, for: start.closure),
        position: position
      )
      return .simulated(
        Simulated(
          flow: start.label,
          position: position,
          candidates: candidates,
          run: try run(subject, start)
        )
      )
    }
  }

  private func run(_ subject: Simulation.Subject, _ start: Start) throws -> SimulatedRun {
    let reads = LogReads(of: log)
    let run = start.simulation.run(
      subject,
      answers: AnswerSources(
        newestInLog: { [recorded] request, recording in
          reads.trying { try recorded.newest(for: request, before: recording) } ?? nil
        },
        overriding: { [supposition] in supposition.answers?.found(for: $0, of: start.closure) },
        scripted: { [script] in script?.found(for: $0, of: start.closure) },
        log: reads
      )
    )
    if let failure = reads.failure { throw failure }
    return run
  }

  /// What likely started an execution; nil where the log has no version of its flow.
  private func start(
    of entry: HistoryEntry,
    _ versions: inout [String: Version]
  ) throws -> Start? {
    guard let version = try version(of: entry, &versions) else { return nil }
    let told = entry.trigger?.position ?? entry.position
    return Start(
      label: version.label,
      closure: version.closure,
      simulation: version.simulation,
      finding: try version.triggers.trigger(startedAt: entry.started, told: told)
    )
  }

  /// The version that is supposed to have run; nil where the log has none of the flow.
  private func version(
    of entry: HistoryEntry,
    _ versions: inout [String: Version]
  ) throws -> Version? {
    let names = [entry.flow, entry.flowName].compactMap { $0?.description }
    for name in with.map({ [$0] }) ?? names {
      if let known = versions[name] { return known }
      do {
        let version = try make(try FlowRegistry(log).resolve(name))
        versions[name] = version
        return version
      } catch let error as FlowRegistryError {
        guard with == nil, case .unknown = error else { throw error }
      }
    }
    return nil
  }

  private func make(_ flow: RegisteredFlow) throws -> Version {
    let closure = try FlowRegistry(log).closure(of: flow)
    return Version(
      label: flow.label,
      closure: closure,
      simulation: Simulation(Program(closure), zones: LocalWorld.zones),
      triggers: try LikelyTriggers(log, of: flow, closure.flow)
    )
  }
}
