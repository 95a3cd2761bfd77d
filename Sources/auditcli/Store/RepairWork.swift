internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// What repairs of one plan have in common: the log, the versions, and how they are made.
struct RepairWork {
  let log: EventLog
  /// How many events of the log are looked at.
  let size: UInt64
  let policy: RepairPolicy
  let mappings: [CardMapping]
  private let programs: RecordedPrograms
  private let ledger: RepairLedger

  init(_ log: EventLog, size: UInt64, policy: RepairPolicy, mappings: [CardMapping]) {
    self.log = log
    self.size = size
    self.policy = policy
    self.mappings = mappings
    programs = RecordedPrograms(log)
    ledger = RepairLedger(log)
  }

  /// One failed execution with what repairing it takes.
  struct Prepared {
    let history: RepairHistory
    let alignments: [Alignment]
    let program: Program
    let closure: FlowClosure
    /// What the flow is started with.
    let input: Trigger
  }

  /// Prepares the repair of an execution with a version.
  ///
  /// - Throws: `Obstacle` where it cannot be repaired; what reading the log throws.
  func prepared(_ execution: Text, hash: Text, _ state: RepairLedger.State) throws -> Prepared {
    guard let failed = try RecordingReader(log).recording(of: execution) else {
      throw Obstacle(reason: "it was not recorded here")
    }
    try Self.check(failed)
    let program = try programs.program(hash: hash)
    let history = RepairHistory(
      failed: failed,
      attempts: try attempts(of: state),
      words: state.words.mapValues { $0.mapValues(\.word) }
    )
    let closure = program.closure
    let alignments = try history.latestFirst.map { recording in
      Alignment(
        old: try programs.program(hash: recording.root.hash).closure,
        new: closure,
        map: mappings
      )
    }
    return Prepared(
      history: history,
      alignments: alignments,
      program: program,
      closure: closure,
      input: failed.root.input
    )
  }

  /// What repairing an execution would do.
  ///
  /// - Throws: What reading the log throws.
  func plan(_ prepared: Prepared, attempt: Text) throws -> PlannedRepair {
    let entries = SystemLogAnswers(log, asOf: size)
    let driver = LocalDriver(
      prepared.program,
      closure: prepared.closure,
      ambient: LocalWorld.sources,
      tables: TableView(log).source,
      search: { @Sendable in try entries.reply(to: $0) }
    )
    return try RepairPlanner(prepared.program, prepared.closure, policy).plan(
      prepared.history,
      prepared.alignments,
      input: prepared.input,
      execution: attempt,
      driver
    )
  }

  /// Why an execution cannot be repaired.
  struct Obstacle: Error {
    let reason: String
  }

  private static func check(_ recording: Recording) throws {
    guard recording.root.mode == .live else {
      throw Obstacle(reason: "it was no live run, so nothing of it was sent: run its flow again")
    }
    guard recording.isFinished else {
      throw Obstacle(reason: "it has not ended: `auditcli resume` takes it up")
    }
    guard recording.end?.status == .failed else { throw Obstacle(reason: "it did not fail") }
    guard recording.isReplayable else {
      throw Obstacle(reason: "its values were not recorded, since its flow does not save its data")
    }
  }

  private func attempts(of state: RepairLedger.State) throws -> [Recording] {
    try state.attempts.compactMap { attempt in
      // One that was begun and has no event did nothing.
      guard let recording = try RecordingReader(log).recording(of: attempt.execution) else {
        return nil
      }
      guard recording.isFinished else {
        throw Obstacle(
          reason:
            "its repair \(attempt.execution) was cut off: apply the plan \(attempt.plan) again"
        )
      }
      return recording
    }
  }
}
