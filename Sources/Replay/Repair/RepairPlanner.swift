public import Flows
public import Values

/// Foresees what repairing failed executions with a version would do.
///
/// Nothing is asked of the world. A plan is a function of the history, the versions, the policy and what the driver
/// answers inside: tables and searches of the log. Reads are foreseen with their last answers, and asked anew when the repair
/// is made.
public struct RepairPlanner: Sendable {
  private let program: Program
  private let closure: FlowClosure
  private let policy: RepairPolicy

  /// Makes a planner for a version.
  public init(_ program: Program, _ closure: FlowClosure, _ policy: RepairPolicy) {
    self.program = program
    self.closure = closure
    self.policy = policy
  }

  /// What repairing an execution would do.
  ///
  /// - Parameters:
  ///   - history: The failed execution and what became of it since.
  ///   - alignments: How the version that each recording of the history ran, the latest first, stands to this one.
  ///   - input: What the flow is started with.
  ///   - execution: The id of the execution that will repair it.
  ///   - driver: Answers what does not leave, and what somebody answers in advance.
  /// - Returns: Its effects in the order in which they come, and how it ends.
  /// - Throws: What the driver throws when it reads the log.
  /// - Complexity: O(*n* log *n*) in the size of the recordings for each read that failed.
  public func plan(
    _ history: RepairHistory,
    _ alignments: [Alignment],
    input: Trigger,
    execution: Text,
    _ driver: LocalDriver
  ) throws -> PlannedRepair {
    func foresee(failsAgain: Bool) throws -> (Foresight, RunOutcome, Frontiers) {
      var doubted: Set<Text> = []
      while true {
        var run = Foresight(
          answers: RepairAnswers(history, alignments, policy),
          names: FlowNames(program, closure),
          driver: driver,
          doubted: doubted,
          failsAgain: failsAgain
        )
        let start = interpreter(history, alignments, execution)
        let (outcome, replayed) = try run.run(start, input, history)
        // A read that failed may succeed when it is asked anew.
        if outcome.end.status == .failed, let path = outcome.end.error?.path,
          run.failedReads.contains(path), doubted.insert(path).inserted
        {
          continue
        }
        return (run, outcome, Frontiers(replayed, CardIndex(closure)))
      }
    }
    let (run, outcome, frontiers) = try foresee(failsAgain: false)
    var planned = run.planned(history, outcome, frontiers)
    // What was refused may be refused again, and handled.
    if run.refused, !policy.startsAnew {
      planned.addFallbacks(try foresee(failsAgain: true).0.effects)
    }
    return planned
  }

  private func interpreter(
    _ history: RepairHistory,
    _ alignments: [Alignment],
    _ execution: Text
  ) -> Interpreter {
    let recordings = zip(history.latestFirst, alignments).map { recording, alignment in
      (recording, PathMap(recording, alignment), alignment)
    }
    return Interpreter(
      program,
      executionID: execution,
      knownAs: history.knownAs(policy),
      covered: CoveredSteps(
        recordings,
        for: program,
        CoverNames(replaced: history.replacedSecrets)
      )
    )
  }
}

/// A repair as it is foreseen.
private struct Foresight {
  var answers: RepairAnswers
  let names: FlowNames
  var driver: LocalDriver
  /// The reads whose last answer may not be the next.
  let doubted: Set<Text>
  /// Whether writes that were refused are refused again.
  let failsAgain: Bool
  /// Whether a write is sent again that was refused.
  var refused = false
  var effects: [PlannedEffect] = []
  /// The paths of reads that were answered by a recorded failure.
  var failedReads: Set<Text> = []
  /// What nobody can know, by the number of the unknown.
  var missing: [Value] = []

  mutating func run(
    _ start: Interpreter,
    _ input: Trigger,
    _ history: RepairHistory
  ) throws -> (RunOutcome, Recording) {
    var builder = RecordingBuilder(history.failed.root)
    let outcome = try builder.run(start, input) { try answer(to: $0) }
    return (outcome, builder.build())
  }

  private mutating func answer(to request: EffectRequest) throws -> Answer {
    switch answers.finding(for: request) {
    case .answered(let answer, _):
      if EffectClass(recorded: request.recordedValue) == .write { note(request, .reuse) }
      return answer
    case .ask: return try asked(request)
    case .send:
      note(request, .send)
      let refusal = answers.refusal(of: request)
      if refusal != nil { refused = true }
      if failsAgain, let refusal { return refusal }
      // Tables change as they would; what another repair finds there is not known yet.
      _ = try inside(request)
      return unknown(request)
    case .changed(let before):
      note(request, .changed, before: before.request)
      return answers.answer(of: before)
    case .inDoubt(let before):
      effects.append(
        PlannedEffect(
          step: before.recordedPath,
          card: names.card(at: before.recordedPath),
          request: request.recordedValue,
          action: .inDoubt,
          before: before.request == request.recordedValue ? nil : before.request,
          doubtful: before.root
        )
      )
      return unknown(request)
    }
  }

  private mutating func note(
    _ request: EffectRequest,
    _ action: RepairAction,
    before: Value? = nil
  ) {
    effects.append(
      PlannedEffect(
        step: request.path,
        card: names.card(at: request.path),
        request: request.recordedValue,
        action: action,
        before: before
      )
    )
  }

  /// The answer to a read that will be asked anew, as far as anybody can know.
  private mutating func asked(_ request: EffectRequest) throws -> Answer {
    if case .ambient(.covered) = request.ask { return unknown(request) }
    if let answer = try inside(request) { return answer }
    guard !doubted.contains(request.path), let last = answers.lastAnswer(to: request) else {
      return unknown(request)
    }
    if case .failure = last { failedReads.insert(request.path) }
    return last
  }

  /// The answer to what does not leave, or that somebody gave in advance; nil of all else.
  private mutating func inside(_ request: EffectRequest) throws -> Answer? {
    if request.recordedValue.containedUnknown != nil { return nil }
    do {
      guard request.connectorRequest != nil else { return try driver.answer(request).answer }
      _ = try driver.reach(of: request)
      return try driver.answer(request).answer
    } catch DriverError.unanswered {
      return nil
    }
  }

  private mutating func unknown(_ request: EffectRequest) -> Answer {
    missing.append(request.recordedValue)
    answers.note(missing.count - 1, madeBy: request)
    return .unknown(Unknown(requests: [missing.count - 1]))
  }

  func planned(
    _ history: RepairHistory,
    _ outcome: RunOutcome,
    _ frontiers: Frontiers
  ) -> PlannedRepair {
    // A join waits for the arms before it, and hides nothing by itself.
    let join = Text(ControlKind.join.address.description)
    let unforeseen = frontiers.steps.filter { $0.step.address != join }.map { frontier in
      let asked = frontier.unknown.requests.min().map { missing[$0] }
      return PlannedEffect(
        step: frontier.step.path,
        card: names.card(at: frontier.step.path),
        request: asked ?? .null,
        action: .unforeseen,
        hidden: frontier.hidden
      )
    }
    let status = frontiers.steps.isEmpty ? outcome.end.status : nil
    return PlannedRepair(
      execution: history.failed.root.execution,
      effects: effects + unforeseen
        + untouched(isWhole: status == .succeeded || status == .stopped),
      status: status == .undetermined ? nil : status,
      error: status == .failed ? outcome.end.error?.error.message : nil
    )
  }

  /// What was done, or is in doubt, and has no place in the repair; what was done only where all of the repair is foreseen.
  private func untouched(isWhole: Bool) -> [PlannedEffect] {
    let sent = Set(effects.filter { $0.action == .send }.map(\.request.requestName))
    return answers.untouched.compactMap { (effect: DoneEffect) -> PlannedEffect? in
      guard isWhole || effect.isInDoubt else { return nil }
      let isReplaced = sent.contains(effect.request.requestName)
      return PlannedEffect(
        step: effect.recordedPath,
        card: names.card(at: effect.recordedPath),
        request: effect.request,
        action: effect.isInDoubt && !answers.isSettled(effect)
          ? .inDoubt : isReplaced ? .replaced : .left,
        doubtful: effect.isInDoubt && !answers.isSettled(effect) ? effect.root : nil
      )
    }
  }
}

extension PlannedRepair {
  /// Adds what comes where a write is refused again, behind what was foreseen.
  fileprivate mutating func addFallbacks(_ others: [PlannedEffect]) {
    for effect in others {
      let isKnown = effects.contains { $0.step == effect.step && $0.request == effect.request }
      guard !isKnown, effect.action != .reuse else { continue }
      effects.append(effect.action == .send ? effect.with(action: .fallback) : effect)
    }
  }
}
