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
  /// What is changed of what the executions were started with.
  let edits: [TriggerEdit]
  private let programs: RecordedPrograms
  private let alignments = KnownAlignments()

  init(_ log: EventLog, for plan: RepairPlan) throws {
    self.log = log
    size = plan.size
    policy = plan.policy
    mappings = try DiffCommand.mappings(plan.mappings.map(\.description))
    edits = plan.edits
    programs = RecordedPrograms(log)
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
    let program = try program(hash: hash)
    let repairs = try repairs(of: state)
    let closure = program.closure
    let history = RepairHistory(
      failed: failed,
      repairs: repairs,
      words: try words(of: [failed] + repairs, state),
      replacedSecrets: try replacedSecrets(in: closure, since: [failed] + repairs)
    )
    let alignments = try history.latestFirst.map { recording in
      try self.alignments.alignment(old: recording.root.hash, new: hash) {
        Alignment(
          old: try self.program(hash: recording.root.hash).closure,
          new: closure,
          map: mappings
        )
      }
    }
    return Prepared(
      history: history,
      alignments: alignments,
      program: program,
      closure: closure,
      input: try input(of: failed, for: closure)
    )
  }

  /// What the flow is started with, as it is corrected.
  private func input(of failed: Recording, for version: FlowClosure) throws -> Trigger {
    do {
      return try edits.applied(to: failed.root.input, of: version.flow)
    } catch {
      throw Obstacle(reason: "\(error)")
    }
  }

  private func replacedSecrets(
    in closure: FlowClosure,
    since recordings: [Recording]
  ) throws -> [Text: Text] {
    if closure.secrets.isEmpty { return [:] }
    return try recordings.reduce(into: [:]) { replaced, recording in
      let before = try program(hash: recording.root.hash).closure
      replaced.merge(closure.replacements(of: before)) { $1 }
    }
  }

  /// What repairing an execution would do.
  ///
  /// - Throws: What reading the log throws.
  func plan(_ prepared: Prepared, as id: Text) throws -> PlannedRepair {
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
      execution: id,
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

  private func program(hash: Text) throws -> Program {
    do {
      return try programs.program(hash: hash)
    } catch let failure as Failure {
      throw Obstacle(reason: failure.description)
    }
  }

  private func repairs(of state: RepairLedger.State) throws -> [Recording] {
    try state.repairs.compactMap { repair in
      // Whoever began it and has not appended anything yet may be about to.
      guard try !Claim.isHeld(repair.execution.bytes, in: log) else {
        throw Obstacle(reason: "\(repair.actor) is repairing it, as \(repair.execution)")
      }
      // One that was begun and has no event did nothing.
      guard let recording = try RecordingReader(log).recording(of: repair.execution) else {
        return nil
      }
      guard recording.isFinished else {
        throw Obstacle(
          reason:
            "its repair \(repair.execution) was cut off: apply the plan \(repair.plan) again, or end it by "
            + "`auditcli resume \(repair.execution) --give-up`"
        )
      }
      guard recording.isReplayable else {
        throw Obstacle(reason: "values of its repair \(repair.execution) are missing")
      }
      return recording
    }
  }

  /// What was said of effects in doubt; what was said before a recording came to its end is about something else.
  private func words(
    of recordings: [Recording],
    _ state: RepairLedger.State
  ) throws -> [Text: [Text: Resumption.Word]] {
    var words: [Text: [Text: Resumption.Word]] = [:]
    for recording in recordings {
      let execution = recording.root.execution
      guard let said = state.words[execution],
        let length = try RecordingReader(log).cutRun(of: execution)?.length
      else { continue }
      words[execution] = said.filter { $0.value.length == length }.mapValues(\.word)
    }
    return words
  }
}

/// The alignments of versions, each made once: a plan is about many executions of few versions.
private final class KnownAlignments {
  private var known: [[Text]: Alignment] = [:]

  func alignment(old: Text, new: Text, _ make: () throws -> Alignment) rethrows -> Alignment {
    if let alignment = known[[old, new]] { return alignment }
    let alignment = try make()
    known[[old, new]] = alignment
    return alignment
  }
}
