internal import Values

extension Interpreter {
  /// Ends the innermost body and leaves its outcome for the step that waits for it.
  ///
  /// The step continues from the interpreter's loop, so no chain of calls grows the stack.
  mutating func endFrame(_ outcome: BodyOutcome) {
    guard isRunning else { return }
    var outcome = outcome
    guard var ended = outer.popLast() else {
      if case .ended = outcome, let caught = frame.itemError { outcome = .failed(caught.error) }
      report(end(of: frame, outcome))
      if frame.execution.parent == nil { hiddenBy = hiddenUnknown(of: frame, outcome) }
      isRunning = false
      return
    }
    swap(&frame, &ended)
    if case .ended = outcome, let caught = ended.itemError { outcome = .failed(caught.error) }
    if ended.ownsExecution { report(end(of: ended, outcome)) }
    if ended.ownsExecution, frame.isInLoop, frame.iteration?.ignoresErrors == true {
      // Whatever becomes of the item, the card goes on: nothing is hidden.
    } else if let hidden = ended.hidden {
      frame.hidden = frame.hidden.joined(hidden)
    }
    arrived = outcome
  }

  private func hiddenUnknown(of frame: borrowing Frame, _ outcome: BodyOutcome) -> Unknown? {
    guard case .hidden(let unknown) = outcome else { return frame.hidden }
    return frame.hidden.joined(unknown)
  }

  private func end(of frame: borrowing Frame, _ outcome: BodyOutcome) -> ExecutionEnd {
    let id = frame.execution.id
    let hidden = hiddenUnknown(of: frame, outcome) != nil
    func made(_ status: ExecutionStatus, _ result: Value, _ error: RaisedError?, _ message: Value)
      -> ExecutionEnd
    {
      ExecutionEnd(
        id: id,
        status: hidden ? .undetermined : status,
        result: result,
        error: error,
        message: message
      )
    }
    return switch outcome {
    case .ended(let result):
      made(.succeeded, isTainted ? shown(result: result, of: frame) : .object(result), nil, .null)
    case .stopped(let message):
      made(.stopped, .null, nil, isTainted ? shown(message: message, of: frame) : message)
    case .failed(let error): made(.failed, .null, error, .null)
    case .hidden(let unknown): made(.undetermined, .unknown(unknown), nil, .null)
    }
  }

  private mutating func report(_ end: ExecutionEnd) {
    events.append(.executionFinished(end))
    guard end.id == rootID, rootEnd == nil else { return }
    rootEnd = end
    guard case .apiEndpoint = program.trigger else { return }
    if let error = end.error {
      response =
        response
        ?? HTTPAnswer(statusCode: .number(error.error.statusCode), headers: [:], body: "")
    } else {
      response = response ?? .empty
    }
  }

  /// Continues the step that waited for the body that just ended.
  mutating func continueStep(with outcome: BodyOutcome) {
    // Taken, not copied: a loop adds to what it has gathered in place.
    guard var pending = frame.pending.take() else { return }
    if case .failed(let error) = outcome, error.isFatal {
      failWithoutPolicy(pending, error)
      return
    }
    switch pending.takePhase() {
    case .call: endCall(pending, outcome)
    case .tryBody: endTryBody(pending, outcome)
    case .lastBody: endInlineBody(pending, outcome)
    case .iteration: endItem(consume pending, outcome)
    case .errorFlow(let error): failWithoutPolicy(pending, error)
    case .starting, .ambient, .waiting, .covered: break
    }
  }
}

extension Interpreter {
  /// Ends a step with an error of its own.
  mutating func fail(_ pending: PendingStep, _ error: CardError) {
    fail(pending, raised(covered(error, of: pending), by: pending))
  }

  /// Ends a step with an error that may come from what it called, as the card's policy says.
  mutating func fail(_ pending: PendingStep, _ error: RaisedError) {
    switch pending.card.policy {
    case .stop: failWithoutPolicy(pending, error)
    case .stopWithMessage(let input):
      if let input, pending.inputs.indices.contains(input),
        case .text(let message) = covered(pending).inputs[input], !message.isEmpty
      {
        failWithoutPolicy(pending, error.saying(message))
      } else {
        failWithoutPolicy(pending, error)
      }
    case .tell(let callee): tell(callee, of: error, pending)
    }
  }

  mutating func failWithoutPolicy(_ pending: PendingStep, _ error: RaisedError) {
    frame.pending = nil
    report(pending, status: .failed, outputs: [], error: error)
    endFrame(.failed(error))
  }

  /// Runs the flow that is told about the error; what becomes of it changes nothing.
  private mutating func tell(_ callee: Callee, of error: RaisedError, _ pending: PendingStep) {
    var pending = pending
    let site = CallSite(suffix: ":error", index: nil)
    // A card whose conversion failed has no inputs, and its flow gets no arguments.
    guard
      let called = makeFrame(
        calling: callee,
        from: pending,
        item: .null,
        given: [],
        site: site,
        error: error
      )
    else {
      failWithoutPolicy(pending, error)
      return
    }
    pending.callees.append(called.execution.id)
    pending.phase = .errorFlow(error)
    frame.pending = pending
    push(called)
  }

  /// The error as the flow sees it, with this step as the one that failed.
  func raised(_ error: CardError, by pending: PendingStep, isFatal: Bool = false) -> RaisedError {
    let scope = frame.scope
    return RaisedError(
      error,
      card: pending.card.uuid,
      flow: scope.execution.flow.id,
      execution: scope.execution.id,
      path: scope.path(of: pending.card.uuid),
      isFatal: isFatal
    )
  }

  /// Ends the whole run, so that nothing in the flow can handle the error.
  mutating func abort(_ pending: PendingStep, _ error: CardError) {
    queue.removeAll()
    queuePosition = 0
    let error = raised(error, by: pending, isFatal: true)
    abortedBy = error
    failWithoutPolicy(pending, error)
  }
}
