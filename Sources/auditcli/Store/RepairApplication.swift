internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Applies a plan: repairs its executions one by one, each once.
struct RepairApplication {
  let plan: RepairPlan
  let work: RepairWork
  let live: LiveRun
  /// The digest of the plan with its decisions, which takes as long as the plan is.
  private let decided: Text

  init(_ plan: RepairPlan, _ work: RepairWork, _ live: LiveRun) {
    self.plan = plan
    self.work = work
    self.live = live
    decided = plan.digestWithDecisions
  }

  /// What became of one execution.
  enum Outcome {
    /// Its repair succeeded now.
    case repaired(Text)
    /// It was repaired before, by this execution.
    case already(Text)
    /// Its repair succeeded, and did not come to all that was planned.
    case otherwise(Text, reason: String)
    /// The repair failed.
    case failed(Text, reason: String)
    /// The repair failed when this plan was applied before.
    case tried(Text, reason: String)
    /// The repair was cut off by an effect of which nobody knows whether it was done.
    case inDoubt(Text, reason: String)
    /// Nothing was done.
    case refused(String)
  }

  private var log: EventLog { work.log }
  private var ledger: RepairLedger { RepairLedger(log) }

  /// Repairs an execution, or goes on with its repair.
  ///
  /// - Throws: What appending to the log throws.
  func apply(_ entry: RepairPlan.Entry) throws -> Outcome {
    let view = HistoryView(log)
    guard let failed = try view.execution(entry.execution) else {
      return .refused("it is not in the log")
    }
    if let by = failed.resolvedBy { return .already(by) }
    let id = plan.repair(of: entry.execution)
    guard let claim = try Claim(id.bytes, in: log) else {
      return .refused("its repair \(id) is running in another process")
    }
    return try withExtendedLifetime(claim) {
      let state = try ledger.state(of: entry.execution)
      guard state.repairs.last?.execution == id else {
        return try begin(entry, id, state, isClaimed: false)
      }
      guard state.repairs.last?.decided == decided else {
        return .refused(
          "its repair \(id) was begun with other decisions than are in the plan now"
        )
      }
      let earlier = state.without(id)
      if let made = try view.execution(id) { return try goOn(entry, made, earlier) }
      // It was begun, and cut off before anything was done.
      return try begin(entry, id, earlier, isClaimed: true)
    }
  }

  private func goOn(
    _ entry: RepairPlan.Entry,
    _ made: HistoryEntry,
    _ state: RepairLedger.State
  ) throws -> Outcome {
    switch made.status {
    case HistoryStatus.running.text: return try resume(entry, made.execution, state)
    case HistoryStatus.failed.text:
      let message = made.error.flatMap { error -> String? in
        if case .text(let text)? = error["message"] { text.description } else { nil }
      }
      return .tried(
        made.execution,
        reason: "this plan was tried: \(message ?? "it failed") Plan it anew."
      )
    default: return .already(made.execution)
    }
  }

  private func begin(
    _ entry: RepairPlan.Entry,
    _ id: Text,
    _ state: RepairLedger.State,
    isClaimed: Bool
  ) throws -> Outcome {
    guard let planned = entry.repair else {
      return .refused(entry.obstacle ?? "it cannot be repaired")
    }
    if let reason = Self.whyNot(planned) { return .refused(reason) }
    if !isClaimed, state.version != entry.ledger {
      return .refused(Self.claimed(state, since: entry))
    }
    let prepared: RepairWork.Prepared
    do {
      prepared = try work.prepared(entry.execution, hash: entry.hash, state)
    } catch let obstacle as RepairWork.Obstacle {
      return .refused(obstacle.reason)
    }
    var now = entry
    now.repair = try work.plan(prepared, as: id)
    guard Self.isSame(now, entry) else {
      let changed = ChangedSincePlanned(plan: plan, log: log)
      return .refused(try changed.reason(for: entry, prepared.closure))
    }
    try live.requireServices(prepared.closure, "The repair of \(entry.execution)")
    if !isClaimed {
      do {
        try ledger.begin(
          id,
          of: entry.execution,
          plan: plan.id,
          decided: decided,
          expecting: state.version,
          by: live.author
        )
      } catch EventLogError.wrongExpectedVersion {
        return .refused(Self.claimed(try ledger.state(of: entry.execution), since: entry))
      }
    }
    return try outcome(id) {
      Self.outcome(try live.repair(prepared, planned, plan, id), of: id)
    }
  }

  private func resume(
    _ entry: RepairPlan.Entry,
    _ id: Text,
    _ state: RepairLedger.State
  ) throws -> Outcome {
    guard let planned = entry.repair else {
      return .refused(entry.obstacle ?? "it cannot be repaired")
    }
    let prepared: RepairWork.Prepared
    do {
      prepared = try work.prepared(entry.execution, hash: entry.hash, state)
    } catch let obstacle as RepairWork.Obstacle {
      return .refused(obstacle.reason)
    }
    return try outcome(id) {
      let said = state.words[id] ?? [:]
      let (outcome, unsent): (Resumption.Outcome, [PlannedEffect])
      do {
        (outcome, unsent) = try live.resumeRepair(prepared, planned, plan, id, said)
      } catch RecordingError.diverged(_, let step) {
        throw Failure(
          "its repair \(id) was cut off, and comes to something else at \(step) than it did: nobody can go on "
            + "with it. End it by `auditcli resume \(id) --give-up`, and plan it anew."
        )
      }
      guard case .inDoubt(let open, let reason) = outcome else {
        return Self.outcome(unsent, of: id)
      }
      return .inDoubt(
        id,
        reason:
          "\(open.path): \(open.request.asked). \(reason) Look, then say `auditcli repair resolve "
          + "\(id) \(open.path) sent|not-sent`, and apply the plan again."
      )
    }
  }

  /// What is to be told of a repair that did not come to all that was planned; nil where it did.
  private static func outcome(_ unsent: [PlannedEffect], of id: Text) -> Outcome? {
    guard let first = unsent.first else { return nil }
    let others = unsent.count > 1 ? " and \(unsent.count - 1) more" : ""
    return .otherwise(
      id,
      reason: "it did not come to \(first.card)\(others), which was planned"
    )
  }

  /// How a repair ended that was run.
  private func outcome(_ id: Text, _ run: () throws -> Outcome?) throws -> Outcome {
    let told: Outcome?
    do {
      told = try run()
    } catch let error as DriverError {
      return .failed(id, reason: "\(error)")
    } catch let error as Failure {
      return .failed(id, reason: "\(error)")
    } catch RecordingError.exists(id) {
      return .refused("another process has begun its repair \(id) meanwhile")
    } catch EventLogError.wrongExpectedVersion(.execution(id), expected: _, actual: _) {
      return .refused("another process goes on with its repair \(id)")
    } catch let error as RecordingError {
      return .failed(id, reason: "\(error)")
    }
    if let told, case .inDoubt = told { return told }
    guard let entry = try HistoryView(log).execution(id) else {
      return .failed(id, reason: "it was not recorded")
    }
    guard entry.status == HistoryStatus.failed.text else { return told ?? .repaired(id) }
    guard case .text(let message)? = entry.error?["message"] else {
      return .failed(id, reason: "it failed")
    }
    return .failed(id, reason: message.description)
  }
}

extension RepairApplication {
  /// Why a planned repair is not begun.
  private static func whyNot(_ planned: PlannedRepair) -> String? {
    if let doubt = planned.effects.first(where: { $0.action == .inDoubt }) {
      let execution = doubt.doubtful ?? planned.execution
      return "\(doubt.step) is in doubt: look, and say `auditcli repair resolve \(execution) "
        + "\(doubt.step) sent|not-sent`; then plan the repair anew"
    }
    if let open = planned.effects.first(where: \.isOpen) {
      return "\(open.step) needs a decision in the plan: `send` or `skip`"
    }
    if planned.effects.contains(where: { $0.action != .changed && $0.decision == .skip }) {
      return "the plan skips it"
    }
    return planned.status == .failed
      ? "it would fail again: \(planned.error ?? "its error is not known")" : nil
  }

  private static func claimed(_ state: RepairLedger.State, since entry: RepairPlan.Entry) -> String
  {
    guard let last = state.repairs.last, state.repairs.count > entry.begun else {
      return "somebody has given word of it since it was planned: plan it anew"
    }
    return "\(last.actor) has repaired it since it was planned, as \(last.execution) at "
      + "\(TimeText.of(last.time)): plan it anew if that failed"
  }

  private static func isSame(_ now: RepairPlan.Entry, _ then: RepairPlan.Entry) -> Bool {
    guard let now = now.repair, let then = then.repair, now.status == then.status,
      now.effects.count == then.effects.count
    else { return false }
    return zip(now.effects, then.effects).allSatisfy { now, then in
      now.line(of: .empty, false) == then.line(of: .empty, false)
    }
  }
}
