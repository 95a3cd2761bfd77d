internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Synchronization
internal import Values

/// Compares recordings of any versions with one version, or each with its own, on any thread.
final class Comparisons: Sendable {
  private let log: EventLog
  private let new: Program?
  private let programs: RecordedPrograms
  private let answers: ComparisonAnswers
  private let supposition: Supposition
  private let differs = Mutex<[Text: Differ]>([:])

  /// Prepares comparisons.
  ///
  /// - Parameters:
  ///   - log: The log.
  ///   - version: The version that runs, nil for the one that was recorded.
  ///   - script: What answers what no recording does.
  ///   - supposition: What is supposed to have been otherwise.
  init(
    _ log: EventLog,
    with version: NamedFlow?,
    script: ScriptedAnswers?,
    supposing supposition: Supposition = Supposition()
  ) {
    self.log = log
    new = version.map { Program($0.closure) }
    programs = RecordedPrograms(log)
    self.supposition = supposition
    answers = ComparisonAnswers(log, script: script, overriding: supposition.answers)
  }

  /// Whether one comparison has to come after the other.
  var dependOnOrder: Bool { answers.dependOnOrder }

  /// The comparison of a recording with the version.
  ///
  /// - Throws: `Failure` where the version that was recorded is not in the log, or its trigger cannot be
  ///   what is supposed.
  func diff(_ recording: Recording) throws -> DiffResult {
    let root = recording.root
    let old = try programs.program(hash: root.hash)
    let new = self.new ?? old
    let input = try supposition.input(of: recording, for: new.closure)
    let differ = try differ(of: root.hash, old, new)
    // Whether an event that never came would have started the flow, nobody asks.
    if input != nil { return try answers.diff(recording, differ, input: input) }
    let lost = LostStarts(log, old: old.closure.flow, new: new.closure.flow)
    return try lost.result(of: root.execution, startedBy: root.cause)
      ?? answers.diff(recording, differ)
  }

  private func differ(of hash: Text, _ old: Program, _ new: Program) throws -> Differ {
    if let known = differs.withLock({ $0[hash] }) { return known }
    let differ = Differ(old: old, new: new)
    differs.withLock { $0[hash] = differ }
    return differ
  }
}

/// What answers the requests of comparisons that a recording does not: the log and an answers file.
///
/// It serves any thread: what fails in one comparison is thrown by that one.
struct ComparisonAnswers: Sendable {
  private let recorded: RecordedAnswers
  private let reads: @Sendable () -> LogReads
  private let script: ScriptedAnswers?
  private let overriding: ScriptedAnswers?

  /// Takes answers from the log that recordings are compared in.
  init(_ log: EventLog, script: ScriptedAnswers?, overriding: ScriptedAnswers? = nil) {
    self.init(
      RecordedAnswers(log),
      reads: { LogReads(of: log) },
      script: script,
      overriding: overriding
    )
  }

  /// Takes answers from recordings and from what each comparison reads besides.
  init(
    _ recorded: RecordedAnswers,
    reads: @escaping @Sendable () -> LogReads,
    script: ScriptedAnswers?,
    overriding: ScriptedAnswers? = nil
  ) {
    self.recorded = recorded
    self.reads = reads
    self.script = script
    self.overriding = overriding
  }

  /// Whether an answer can be used up, so that one comparison has to come after the other.
  var dependOnOrder: Bool { (script?.countsUses ?? false) || (overriding?.countsUses ?? false) }

  /// Compares a recording.
  ///
  /// - Throws: What reading the log for an answer throws.
  func diff(_ recording: Recording, _ differ: Differ, input: Trigger? = nil) throws -> DiffResult {
    let reads = reads()
    let sources = AnswerSources(
      newestInLog: { request, recording in
        reads.trying { try recorded.newest(for: request, before: recording) } ?? nil
      },
      overriding: { overriding?.found(for: $0, of: differ.version) },
      scripted: { script?.found(for: $0, of: differ.version) },
      log: reads
    )
    let result = differ.diff(recording, answers: sources, input: input)
    if let failure = reads.failure { throw failure }
    return result
  }
}

/// The programs that recordings were made with, each compiled once.
final class RecordedPrograms: Sendable {
  private let log: EventLog
  private let programs = Mutex<[Text: Program]>([:])

  init(_ log: EventLog) {
    self.log = log
  }

  /// The program of the flow version with that hash.
  func program(hash: Text) throws -> Program {
    if let known = programs.withLock({ $0[hash] }) { return known }
    let registry = FlowRegistry(log)
    guard let flow = try registry.version(hash: hash) else {
      throw Failure("the flow version \(hash) is not in the log; add its export.")
    }
    let program = Program(try registry.closure(of: flow))
    programs.withLock { $0[hash] = program }
    return program
  }
}
