public import Flows
internal import Values

extension Recorder {
  /// Takes up a live run that was cut off, and brings it to its end.
  ///
  /// What is durable is not done again: steps are derived anew and answers are taken from the
  /// recording. A request that was open goes out again where twice does no harm, or where its service,
  /// or somebody, says that it was not done.
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
    var run = RecordingRun(resuming: cut, program, cards: cards, options: options, log: log)
    var transition = try run.catchUp(cut)
    guard case .needs(let request) = transition, let open = cut.open,
      open.ordinal == request.ordinal
    else {
      try run.claim(resumption.record(of: cut, .none))
      return .finished(try finish(&run, transition, &driver))
    }
    do {
      switch try Self.plan(request, open, driver, resumption) {
      case .doubt(let reason): return .inDoubt(open, reason: reason)
      case .known(let answer, let decision):
        try run.claim(resumption.record(of: cut, decision, open))
        transition = try run.resume(with: EffectReply(answer))
      case .send(let decision):
        // Only what is asked first knows whether a service or something else answers.
        _ = try driver.reach(of: request)
        try run.claim(resumption.record(of: cut, decision, open))
        transition = try answer(request, of: &run, &driver)
      case .wait(let milliseconds):
        try run.claim(resumption.record(of: cut, .again, open))
        driver.finishWait(milliseconds, since: cut.openSince)
        transition = try run.resume(with: EffectReply(.value(.null)))
      }
    } catch let error as DriverError {
      try run.abort(error.cardError)
      throw error
    }
    return .finished(try finish(&run, transition, &driver))
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
    _ open: OpenRequest,
    _ driver: LiveDriver,
    _ resumption: Resumption
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
      return try driver.ask(about: request).map { .known($0, .found) } ?? .send(.missing)
    } catch {
      return .doubt("The service does not say whether it did it: \(error.message)")
    }
  }
}

extension Resumption {
  fileprivate func record(
    of cut: CutRun,
    _ decision: RecordedResumption.Decision,
    _ open: OpenRequest? = nil
  ) -> RecordedResumption {
    RecordedResumption(
      execution: cut.header.execution,
      actor: actor,
      reason: reason,
      step: open?.path,
      decision: decision
    )
  }
}
