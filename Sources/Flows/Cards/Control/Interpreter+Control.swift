internal import Values

extension Interpreter {
  /// Carries out a card that decides what runs.
  mutating func runControl(_ kind: ControlKind, _ pending: PendingStep) {
    switch kind {
    case .comment, .noop: finish(pending, outputs: mirrored(pending))
    case .callable, .accept, .delegated, .assign: finish(pending, outputs: mirrored(pending))
    case .ifElse: runIf(pending)
    case .join: runJoin(pending)
    case .continueIf: runContinueIf(pending)
    case .throwErrorIf: runThrowIf(pending)
    case .throwError: fail(pending, authorsError(of: pending))
    case .returnFields, .returnRaw: runReturn(kind, pending)
    case .branch: runBranch(pending)
    case .tryCatch: runTryCatch(pending)
    case .callFlow: runCall(pending)
    case .callFlowAsync: runCallAsync(pending)
    case .each: iterate(pending, .each)
    case .eachIgnoringErrors: iterate(pending, .eachIgnoringErrors)
    case .map: iterate(pending, .map)
    case .filter: iterate(pending, .filter)
    case .reduce: iterate(pending, .reduce)
    case .find: iterate(pending, .find)
    case .unique: iterate(pending, .unique)
    case .sort: iterate(pending, .sort)
    case .mapObject: iterateMembers(pending, .map)
    case .eachMember: iterateMembers(pending, .each)
    case .process: iterateMembers(pending, .members)
    case .paginate: iteratePages(pending)
    case .times: iterateTimes(pending)
    case .wait: runWait(pending)
    case .exportFlow: runExport(pending)
    case .pause, .pauseRaw: runPause(pending)
    }
  }

  /// The outputs of a card that repeats its inputs.
  func mirrored(_ pending: PendingStep) -> [Value] {
    let outputs = pending.card.mirror.map { input in
      input.flatMap { pending.inputs.indices.contains($0) ? pending.inputs[$0] : nil } ?? .null
    }
    return adjusted(outputs, by: pending.card)
  }

  private mutating func runReturn(_ kind: ControlKind, _ pending: PendingStep) {
    let outputs = mirrored(pending)
    let result = pending.card.signature.nested(outputs)
    let shown = isTainted ? shown(result: result, of: pending) : result
    answerReturn(shown, plain: result, isRaw: kind == .returnRaw)
    finish(pending, outputs: outputs)
    endFrame(.ended(result))
  }

  /// Answers the caller of an API endpoint with what its flow returns.
  mutating func answerReturn(_ result: Object, plain: Object? = nil, isRaw: Bool) {
    guard isRaw || frame.ownsExecution else { return }
    answerCaller(
      with: Self.returned(result, isRaw: isRaw),
      plain: plain.map { Self.returned($0, isRaw: isRaw) }
    )
  }

  /// Settles what the caller of an API endpoint receives; the first answer counts.
  ///
  /// - Parameters:
  ///   - answer: The answer as recordings have it.
  ///   - plain: The answer without anything covered, where that is known.
  mutating func answerCaller(with answer: HTTPAnswer, plain: HTTPAnswer? = nil) {
    guard case .apiEndpoint = program.trigger, frame.execution.parent == nil, response == nil
    else { return }
    response = answer
    plainResponse = isTainted ? plain : nil
  }

  private static func returned(_ result: Object, isRaw: Bool) -> HTTPAnswer {
    if isRaw {
      return HTTPAnswer(
        statusCode: result["statusCode"] ?? .null,
        headers: result["headers"] ?? [:],
        body: result["body"] ?? ""
      )
    }
    return HTTPAnswer(
      statusCode: 200,
      headers: ["content-type": "application/json"],
      body: result.isKnown ? .text(JSON.text(.object(result))) : .object(result)
    )
  }
}

extension Object {
  fileprivate var isKnown: Bool { Value.object(self).containedUnknown == nil }
}
