internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// The live runs of a log that have no end.
struct CutRuns {
  private let log: EventLog

  init(_ log: EventLog) {
    self.log = log
  }

  /// Those that no process runs, oldest first.
  func all() throws -> [HistoryEntry] {
    var query = HistoryQuery()
    query.status = .running
    query.depth = .all
    let view = HistoryView(log)
    // A root may have ended while what it called on the side has not.
    return try Set(view.entries(query).map(\.root)).compactMap { try view.execution($0) }
      .filter { try $0.mode == .live && !Claim.isHeld($0.execution.bytes, in: log) }
      .sorted { $0.position < $1.position }
  }

  /// A live run without an end.
  ///
  /// - Throws: `Failure` where there is none.
  func unfinished(_ execution: Text) throws -> CutRun {
    guard let cut = try RecordingReader(log).cutRun(of: execution) else {
      throw Failure(
        "there is no execution \(execution) of its own. `auditcli resume --list` lists them."
      )
    }
    guard cut.header.mode == .live else {
      throw Failure("\(execution) was no live run; run its flow again")
    }
    guard !cut.isFinished else { throw Failure("\(execution) has ended already") }
    return cut
  }

  /// A run as far as it is durable, if it can be taken up.
  ///
  /// - Throws: `Failure` with the reason where it cannot.
  func resumable(_ execution: Text) throws -> CutRun {
    let cut = try unfinished(execution)
    try requireResumable(cut)
    return cut
  }

  /// Throws `Failure` with the reason where a run cannot be taken up.
  func requireResumable(_ cut: CutRun) throws {
    let execution = cut.header.execution
    guard cut.header.savesValues, cut.missingValues == 0 else {
      throw Failure(
        "\(execution) cannot be taken up: its values were not recorded, since its flow does not save "
          + "its data. --give-up ends it."
      )
    }
    guard cut.header.engine == Text(Interpreter.engineVersion) else {
      throw Failure(
        "\(execution) was begun by the engine \(cut.header.engine), this is "
          + "\(Interpreter.engineVersion); take it up with the program that began it"
      )
    }
  }

  /// What goes on with a repair, which only its plan can; nil of all other runs.
  func remedy(ofRepair cut: CutRun) throws -> String? {
    guard let failed = cut.header.repairs else { return nil }
    let execution = cut.header.execution
    let begun = try RepairLedger(log).state(of: failed).repairs
    let plan = begun.first { $0.execution == execution }.map { " \($0.plan)" } ?? ""
    return "\(execution) repairs \(failed) by the plan\(plan): apply that plan's file again, by "
      + "`auditcli repair apply FILE`. Where the file is lost, end the repair by `auditcli resume "
      + "\(execution) --give-up`, and plan anew, by `auditcli repair plan \(failed) --output FILE`."
  }

  /// The flow version that a run runs.
  func closure(of cut: CutRun) throws -> FlowClosure {
    let registry = FlowRegistry(log)
    guard let flow = try registry.version(hash: cut.header.hash) else {
      throw Failure("the flow version \(cut.header.hash) is not in the log")
    }
    return try registry.closure(of: flow)
  }
}
