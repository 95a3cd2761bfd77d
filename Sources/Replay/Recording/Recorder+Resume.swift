public import Flows
internal import Values

extension Recorder {
  /// Takes up a live run that was cut off, and brings it to its end.
  ///
  /// What is durable is not done again: steps are derived anew and answers are taken from the
  /// recording. A request that was open goes out again where twice does no harm, or where its service,
  /// or somebody, says that it was not done. Nothing is appended before it is clear how the run goes on.
  ///
  /// - Throws: `RecordingError.diverged` where the run, derived anew, differs from its recording;
  ///   `EventLogError.wrongExpectedVersion` where somebody else goes on with it; else as `run` does.
  public func resume(
    _ cut: CutRun,
    _ program: Program,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    _ driver: inout LiveDriver,
    _ resumption: Resumption
  ) throws -> Resumption.Outcome {
    try takeUp(cut, program, cards, options, &driver, resumption)
  }

  /// Takes up a repair that was cut off, and brings it to its end as it was planned; else as a live run.
  ///
  /// - Throws: As for a live run.
  public func resume(
    _ cut: CutRun,
    _ program: Program,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    _ driver: inout RepairDriver,
    _ resumption: Resumption
  ) throws -> Resumption.Outcome {
    try takeUp(cut, program, cards, options, &driver, resumption)
  }

  private func takeUp<Answering: ResumableDriver>(
    _ cut: CutRun,
    _ program: Program,
    _ cards: CardTable,
    _ options: RunOptions,
    _ driver: inout Answering,
    _ resumption: Resumption
  ) throws -> Resumption.Outcome {
    var run = RecordingRun(resuming: cut, program, cards: cards, options: options, log: log)
    let transition = try run.catchUp(cut) { driver.passed($0) }
    driver.take(cut.pause)
    guard let open = cut.open else {
      try run.claim(resumption.record(of: cut, .none))
      return .finished(try finish(run, .go(transition), &driver))
    }
    guard case .needs(let request) = transition, open.isAbout(request) else {
      throw RecordingError.diverged(execution: cut.header.execution, step: open.path)
    }
    let next: DrivenRun<Answering>.Next
    switch try Self.plan(request, driver, resumption, since: cut.openSince) {
    case .doubt(let reason): return .inDoubt(open, reason: reason)
    case .known(let answer, let decision):
      // It was done, whoever tells: what was meant has come to pass.
      driver.passed(request)
      try run.claim(resumption.record(of: cut, decision))
      next = .go(try run.resume(with: EffectReply(answer)))
    case .send(let decision):
      // The driver learns here who answers, and throws while nothing is appended.
      _ = try driver.reach(of: request)
      try run.claim(resumption.record(of: cut, decision))
      next = .answer(request)
    case .wait(let milliseconds):
      try run.claim(resumption.record(of: cut, .again))
      driver.finishWait(milliseconds, since: cut.openSince)
      next = .go(try run.resume(with: EffectReply(.value(.null))))
    }
    return .finished(try finish(run, next, &driver))
  }

  /// Ends a run that was cut off, as it is: its executions fail as cancelled.
  ///
  /// - Throws: `EventLogError`, `.wrongExpectedVersion` where somebody else goes on with it.
  public func giveUp(_ cut: CutRun, _ resumption: Resumption) throws {
    var writer = RecordingWriter(cut, log: log)
    writer.add(.resumed(resumption.record(of: cut, .givenUp)))
    let error = RecordedError(
      ending: CardError(
        kind: .other("Cancelled"),
        message: "The execution was cut off, and nobody goes on with it."
      ),
      at: cut.open?.path ?? .empty
    )
    for (id, steps) in cut.running.reversed() {
      writer.add(.finished(id, RecordedEnd(status: .failed, error: error, stepCount: steps)))
    }
    try writer.flush()
  }

  /// What becomes of an open request.
  private enum Plan {
    case send(RecordedResumption.Decision)
    case known(Answer, RecordedResumption.Decision)
    case wait(milliseconds: Double)
    case doubt(String)
  }

  private static func plan(
    _ request: EffectRequest,
    _ driver: some ResumableDriver,
    _ resumption: Resumption,
    since sent: Int64
  ) throws -> Plan {
    if case .ambient(.wait(let milliseconds)) = request.ask {
      return .wait(milliseconds: milliseconds)
    }
    switch resumption.word {
    case .sent(let outputs): return .known(.outputs(ConnectorAnswer(outputs: outputs)), .sent)
    case .notSent: return .send(.notSent)
    case nil: break
    }
    guard let effect = driver.effect(of: request), !effect.mayBeSentAgain else {
      return .send(.again)
    }
    guard effect == .queryable else {
      return .doubt("Nobody can tell whether the service did it.")
    }
    do throws(CardError) {
      let found = try driver.ask(about: request, sentAt: Instant(milliseconds: sent))
      return found.map { .known($0, .found) } ?? .send(.missing)
    } catch {
      return .doubt("The service does not say whether it did it: \(error.message)")
    }
  }
}

extension OpenRequest {
  /// Whether it is the request of a run that was derived anew.
  fileprivate func isAbout(_ other: EffectRequest) -> Bool {
    other.ordinal == ordinal && other.path == path && other.attempt == request.attempt
      && RequestHash(other.recordedValue) == request.hash
  }
}

extension Resumption {
  fileprivate func record(
    of cut: CutRun,
    _ decision: RecordedResumption.Decision
  ) -> RecordedResumption {
    RecordedResumption(
      execution: cut.header.execution,
      actor: actor,
      reason: reason,
      step: decision == .none ? nil : cut.open?.path,
      decision: decision
    )
  }
}
