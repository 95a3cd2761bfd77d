internal import Values

extension Interpreter {
  mutating func runCall(_ pending: PendingStep) {
    guard case .call(let callee) = pending.card.structure else {
      failWithoutCallee(pending)
      return
    }
    start(callee, pending, ArgumentValues(pending), site: .plain, phase: .call)
  }

  /// Begins a call for which the step waits.
  mutating func start(
    _ callee: Callee,
    _ pending: PendingStep,
    _ values: ArgumentValues,
    site: CallSite,
    phase: PendingStep.Phase
  ) {
    do throws(CallObstacle) {
      let called = try makeFrame(of: callee, from: pending, values: values, site: site)
      var pending = pending
      pending.callees.append(called.execution.id)
      pending.phase = phase
      frame.pending = pending
      push(called)
    } catch {
      meet(error, pending)
    }
  }

  mutating func meet(_ obstacle: CallObstacle, _ pending: PendingStep) {
    switch obstacle {
    case .unknown(let unknown): finishFrontier(pending, unknown)
    case .error(let error): fail(pending, error)
    }
  }

  func missingCallee() -> CardError {
    CardError(kind: .notFound, message: "The card names no flow to call.", statusCode: 404)
  }

  mutating func failWithoutCallee(_ pending: PendingStep) {
    fail(pending, missingCallee())
  }

  mutating func endCall(_ pending: PendingStep, _ outcome: BodyOutcome) {
    switch outcome {
    case .ended(let result): finishInline(pending, with: result)
    case .stopped(let message): finishInline(pending, with: ["message": message])
    case .failed(let error): fail(pending, error)
    case .hidden(let unknown): finish(pending, unknown: unknown, status: .frontier)
    }
  }

  /// Puts the call behind the root execution and all calls put there before.
  mutating func runCallAsync(_ pending: PendingStep) {
    guard case .call(let callee) = pending.card.structure else {
      failWithoutCallee(pending)
      return
    }
    do throws(CallObstacle) {
      let called = try makeFrame(
        of: callee,
        from: pending,
        values: ArgumentValues(pending),
        site: .plain
      )
      queue.append(called)
      var pending = pending
      pending.callees.append(called.execution.id)
      finish(pending, outputs: mirrored(pending))
    } catch {
      meet(error, pending)
    }
  }
}
