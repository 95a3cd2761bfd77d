internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

extension LiveRun {
  /// Who repairs, and why.
  var author: FlowRegistry.Author { FlowRegistry.Author(actor: actor, why: reason) }

  /// Runs a repair to its end; what it was to send and did not come to.
  ///
  /// - Throws: As `run` does.
  func repair(
    _ prepared: RepairWork.Prepared,
    _ planned: PlannedRepair,
    _ plan: RepairPlan,
    _ id: Text
  ) throws -> [PlannedEffect] {
    let root = prepared.history.failed.root
    let program = try program(of: prepared)
    let header = RecordingHeader(
      execution: id,
      version: FlowVersion(prepared.closure),
      number: try FlowRegistry(log).version(hash: FlowVersion(prepared.closure).hash)?.version,
      mode: .live,
      actor: Text(actor),
      cause: root.cause,
      repairs: root.execution,
      knownAs: prepared.history.knownAs(plan.policy),
      input: prepared.input,
      salt: ProcessWorld.entropy(16),
      savesValues: true
    )
    var driver = try driver(program, prepared, planned, plan, id)
    _ = try Recorder(log).run(program, header, &driver)
    return driver.unsent
  }

  /// Takes up a repair that was cut off.
  ///
  /// - Throws: As `resume` does.
  func resumeRepair(
    _ prepared: RepairWork.Prepared,
    _ planned: PlannedRepair,
    _ plan: RepairPlan,
    _ id: Text,
    _ said: [Text: RepairLedger.Said]
  ) throws -> (outcome: Resumption.Outcome, unsent: [PlannedEffect]) {
    let cut = try CutRuns(log).resumable(id)
    let program = try program(of: prepared)
    var driver = try driver(program, prepared, planned, plan, id)
    // A word is about what somebody looked at, and not about what went out since.
    let known = cut.open.flatMap { said[$0.path] }.flatMap { $0.length == cut.length ? $0 : nil }
    let word = known.map { said in
      switch said.word {
      case .sent(let outputs): Resumption.Word.sent(outputs: outputs)
      case .notSent: Resumption.Word.notSent
      }
    }
    let resumption = Resumption(actor: Text(actor), reason: reason.map { Text($0) }, word: word)
    let outcome = try Recorder(log).resume(cut, program, &driver, resumption)
    return (outcome, driver.unsent)
  }

  private func program(of prepared: RepairWork.Prepared) throws -> Program {
    Program(prepared.closure, secrets: try secrets.forLiveRun(of: prepared.closure))
  }

  private func driver(
    _ program: Program,
    _ prepared: RepairWork.Prepared,
    _ planned: PlannedRepair,
    _ plan: RepairPlan,
    _ id: Text
  ) throws -> RepairDriver {
    let live = try driver(
      program,
      prepared.closure,
      // Services that know keys do everything again only under others.
      root: plan.startsAnew ? id : prepared.history.failed.root.execution,
      asOf: plan.size
    )
    return RepairDriver(
      prepared.history,
      prepared.alignments,
      plan.policy,
      planned,
      live: live
    )
  }
}
