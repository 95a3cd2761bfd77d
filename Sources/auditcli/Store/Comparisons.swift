internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Synchronization
internal import Values

/// Compares recordings of any versions with one version, on any thread.
final class Comparisons: Sendable {
  private let log: EventLog
  private let new: Program
  private let programs: RecordedPrograms
  private let answers: ComparisonAnswers
  private let differs = Mutex<[Text: Differ]>([:])

  init(_ log: EventLog, with new: NamedFlow, script: ScriptedAnswers?) {
    self.log = log
    self.new = Program(new.closure)
    programs = RecordedPrograms(log)
    answers = ComparisonAnswers(log, version: new.closure, script: script)
  }

  /// Whether one comparison has to come after the other.
  var dependOnOrder: Bool { answers.dependOnOrder }

  /// The comparison of a recording with the version.
  ///
  /// - Throws: `Failure` where the version that was recorded is not in the log.
  func diff(_ recording: Recording) throws -> DiffResult {
    let root = recording.root
    let old = try programs.program(hash: root.hash)
    let lost = LostStarts(log, old: old.closure.flow, new: new.closure.flow)
    return try lost.result(of: root.execution, startedBy: root.cause)
      ?? answers.diff(recording, try differ(of: root.hash))
  }

  private func differ(of hash: Text) throws -> Differ {
    if let known = differs.withLock({ $0[hash] }) { return known }
    let differ = Differ(old: try programs.program(hash: hash), new: new)
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
  private let version: FlowClosure
  private let script: ScriptedAnswers?

  init(_ log: EventLog, version: FlowClosure, script: ScriptedAnswers?) {
    self.init(
      RecordedAnswers(log),
      reads: { LogReads(of: log) },
      version: version,
      script: script
    )
  }

  /// Takes answers from recordings and from what each comparison reads besides.
  init(
    _ recorded: RecordedAnswers,
    reads: @escaping @Sendable () -> LogReads,
    version: FlowClosure,
    script: ScriptedAnswers?
  ) {
    self.recorded = recorded
    self.reads = reads
    self.version = version
    self.script = script
  }

  /// Whether an answer can be used up, so that one comparison has to come after the other.
  var dependOnOrder: Bool { script?.countsUses ?? false }

  /// Compares a recording.
  ///
  /// - Throws: What reading the log for an answer throws.
  func diff(_ recording: Recording, _ differ: Differ) throws -> DiffResult {
    let reads = reads()
    let sources = AnswerSources(
      newestInLog: { request, recording in
        reads.trying { try recorded.newest(for: request, before: recording) } ?? nil
      },
      scripted: { script?.found(for: $0, of: version) },
      log: reads
    )
    let result = differ.diff(recording, answers: sources)
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
