internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Simulates executions that Okta ran, each with the version that its flow has now, or all with one.
final class Simulations {
  /// What came of one.
  enum Result {
    case simulated(Simulated)
    case skipped(reason: String)
  }

  /// What an execution likely did, and by what it was likely started.
  struct Simulated {
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

  private let log: EventLog
  private let with: String?
  private let script: ScriptedAnswers?
  private let supposition: Supposition
  private let recorded: RecordedAnswers
  private var versions: [String: Version] = [:]

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

  /// What an execution likely did.
  ///
  /// - Throws: `Failure` where the version that is asked for is not there, or its trigger cannot be what
  ///   is supposed; what reading the log throws.
  func result(of entry: HistoryEntry) throws -> Result {
    guard entry.mode == .observed else {
      return .skipped(reason: "It was recorded: replay it without --simulate.")
    }
    guard let version = try version(of: entry) else {
      let name = entry.flowName ?? entry.flow ?? "its flow"
      return .skipped(reason: "\(name) is not in the log: add its export with `auditcli flow add`.")
    }
    let told = entry.trigger?.position ?? entry.position
    switch try version.triggers.trigger(startedAt: entry.started, told: told) {
    case .unknown(let reason): return .skipped(reason: reason)
    case .found(let trigger, let position, let candidates):
      let subject = Simulation.Subject(
        execution: entry.execution,
        start: Instant(milliseconds: entry.started),
        input: try supposition.input(trigger, of: entry.execution, for: version.closure),
        position: position
      )
      return .simulated(
        Simulated(
          flow: version.label,
          position: position,
          candidates: candidates,
          run: try run(subject, version)
        )
      )
    }
  }

  private func run(_ subject: Simulation.Subject, _ version: Version) throws -> SimulatedRun {
    let reads = LogReads(of: log)
    let run = version.simulation.run(
      subject,
      answers: AnswerSources(
        newestInLog: { [recorded] request, recording in
          reads.trying { try recorded.newest(for: request, before: recording) } ?? nil
        },
        overriding: { [supposition] in supposition.answers?.found(for: $0, of: version.closure) },
        scripted: { [script] in script?.found(for: $0, of: version.closure) },
        log: reads
      )
    )
    if let failure = reads.failure { throw failure }
    return run
  }

  /// The version that is supposed to have run; nil where the log has none of the flow.
  private func version(of entry: HistoryEntry) throws -> Version? {
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
