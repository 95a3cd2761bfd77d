internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Foundation
internal import Replay
internal import Values

struct RepairPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Write what repairing failed executions would send, and send nothing.",
    discussion: """
      Each is run again from its beginning with the version that its flow has now, or with --with. What \
      was done already is reused: a write that was answered is not sent again, also where an earlier \
      repair did it. Reads are asked anew when the plan is applied; here their last answers stand in \
      for them. Clock and chance are those of the failed execution.

      In the file each effect has an action: reuse; send; fallback, for what is sent where something is \
      refused again; changed, for a write that was done with other arguments; left, for one that the \
      version does no more, or replaced, where it sends another of the kind; in doubt, for one of which \
      nobody knows whether it was done; unforeseen, where what is sent depends on an answer that nobody has. \
      Of changed, replaced and unforeseen ones write `send` or `skip` as the line's decision. Nothing else \
      may be changed in the file.

      EXIT STATUS
        1  none of the executions can be repaired
        2  something waits for a decision, is in doubt, would fail again, or cannot be repaired

      EXAMPLES
        auditcli repair plan --failed --flow notify --output repair.plan
        auditcli repair plan --cluster fc-3f0c --with notify@3 --output repair.plan
        auditcli repair plan 8d2f1c3e --reuse-reads --output repair.plan --json
        auditcli repair plan 8d2f1c3e --edit 'trigger.user.email=new@example.com' --output repair.plan
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var selection: SelectionOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Where the plan is written; nothing may be there.", valueName: "file")
  )
  var output: String

  @Option(
    help: ArgumentHelp(
      "The version that repairs; else the one that is active, or the latest.",
      valueName: "f"
    )
  )
  var with: String?

  @Flag(name: .customLong("reuse-reads"), help: "Do not ask anew what was answered.")
  var reuseReads = false

  @Flag(name: .customLong("from-start"), help: "Do everything again, also what was done already.")
  var fromStart = false

  @Option(
    help: ArgumentHelp(
      "What started them, corrected; may be given more than once.",
      discussion: "as `replay --set` takes it",
      valueName: "place=value"
    )
  )
  var edit: [String] = []

  @Option(help: ArgumentHelp("Cards that are the same under two ids.", valueName: "old=new"))
  var map: [String] = []

  func validate() throws {
    try selection.requireSome()
  }

  func run() throws {
    // Its repairs may have been begun, and go on by it alone.
    guard !FileManager.default.fileExists(atPath: output) else {
      throw Failure("\(output) is there already. Name another file, or remove that plan.")
    }
    let file = try WholeFile(output, permissions: 0o600)
    let log = try global.openForWriting(creating: false)
    var plan = RepairPlan(
      id: ExecutionID.text(of: ProcessWorld.entropy(ExecutionID.byteCount)),
      created: ProcessWorld.now(),
      size: try log.size().count,
      reusesReads: reuseReads,
      startsAnew: fromStart,
      mappings: map.map { Text($0) },
      edits: try edit.map { try TriggerEdit(parsing: Text($0)) },
      actor: actor.claimed,
      why: actor.reason,
      entries: []
    )
    let work = try RepairWork(log, for: plan)
    let failed = try failed(in: log)
    guard !failed.isEmpty else { throw Failure("no failed execution is meant") }
    var progress = ProgressLine("planning")
    var versions: [Text: RegisteredFlow] = [:]
    for (number, entry) in failed.enumerated() {
      progress.show(UInt64(number), of: UInt64(failed.count), unit: "executions")
      plan.entries.append(try self.entry(entry, plan, work, &versions))
    }
    progress.clear()
    try file.write(plan.file)
    try RepairLedger(log).note(
      planned: plan,
      by: FlowRegistry.Author(actor: actor.claimed, why: actor.reason)
    )
    RepairPlanText(plan).write(global, details: false)
    Output.message("The plan is in \(output). `auditcli repair show \(output)` shows it.")
    Coverage(size: try log.size().count).write(json: global.json)
    if plan.entries.allSatisfy({ $0.repair == nil }) { throw ExitStatus.couldNot.exit }
    if plan.entries.contains(where: \.wantsAttention) { throw ExitStatus.found.exit }
  }
}

extension RepairPlanCommand {
  /// The failed executions that are meant: those that nobody has repaired, and no repairs.
  private func failed(in log: EventLog) throws -> [HistoryEntry] {
    let history = HistoryView(log)
    var seen: Set<Text> = []
    return try selection.roots(in: log).compactMap { entry in
      guard !selection.selectsByQuery else {
        let isMeant =
          entry.status == HistoryStatus.failed.text && entry.repairs == nil
          && entry.resolvedBy == nil
        return isMeant ? entry : nil
      }
      let first = try entry.repairs.flatMap(history.execution) ?? entry
      return seen.insert(first.execution).inserted ? first : nil
    }
  }

  private func entry(
    _ failed: HistoryEntry,
    _ plan: RepairPlan,
    _ work: RepairWork,
    _ versions: inout [Text: RegisteredFlow]
  ) throws -> RepairPlan.Entry {
    let state = try RepairLedger(work.log).state(of: failed.execution)
    var repair: PlannedRepair?
    var obstacle: String?
    var version: RegisteredFlow?
    do {
      if let by = failed.resolvedBy { throw RepairWork.Obstacle(reason: "\(by) has repaired it") }
      let flow = failed.flow ?? .empty
      let found = try versions[flow] ?? self.version(of: failed, work.log)
      versions[flow] = found
      version = found
      let prepared = try work.prepared(failed.execution, hash: found.hash, state)
      repair = try work.plan(prepared, as: plan.repair(of: failed.execution))
    } catch let error as RepairWork.Obstacle {
      obstacle = error.reason
    } catch let error as FlowRegistryError {
      obstacle = "\(error)"
    }
    return RepairPlan.Entry(
      execution: failed.execution,
      flow: version?.label ?? failed.flowName ?? failed.flow ?? .empty,
      hash: version?.hash ?? .empty,
      ledger: state.version,
      begun: state.repairs.count,
      repair: repair,
      obstacle: obstacle
    )
  }

  private func version(of failed: HistoryEntry, _ log: EventLog) throws -> RegisteredFlow {
    if let with {
      guard !NamedFlows.isExport(with) else {
        throw Failure("\(with) is not in the log. Add it with `auditcli flow add`, then name it.")
      }
      return try FlowRegistry(log).resolve(with)
    }
    guard let flow = failed.flow else { throw RepairWork.Obstacle(reason: "its flow is not told") }
    return try FlowRegistry(log).resolve(flow.description)
  }
}

extension RepairPlan.Entry {
  /// Whether it cannot be applied as it stands.
  var wantsAttention: Bool { repair.map { $0.isOpen || $0.status == .failed } ?? true }
}
