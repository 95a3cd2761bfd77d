internal import Flows
internal import Values

/// Compares a replayed run with the recorded one.
struct RunComparison {
  let recorded: Recording
  let replayed: Recording
  /// The request at which the replay stopped, because nothing recorded answers it.
  let unanswered: EffectRequest?

  func firstDivergence() -> Divergence? {
    firstStepDivergence() ?? firstExecutionDivergence() ?? announcedDivergence()
  }

  /// A request that was recorded before it was sent, and is not one that its step is recorded to have
  /// made.
  private func announcedDivergence() -> Divergence? {
    guard let open = recorded.openRequests.first else { return nil }
    let step = replayed.steps.first { $0.path == open.path }
    return Divergence(
      step: open.path,
      kind: step == nil ? .recordingNotConsumed : .effectMismatch,
      recorded: open.request.request,
      replayed: step?.requests.first { $0.attempt == open.request.attempt }?.request
    )
  }

  /// Walks through the steps as they began; a step's end is compared when the first step begins that
  /// is not part of it, so that a container never takes the blame for what is in it.
  private func firstStepDivergence() -> Divergence? {
    let stopped = (unanswered?.ordinal ?? -1) + 1
    let before = recorded.placesByOrdinal(atLeast: stopped)
    let after = replayed.placesByOrdinal(atLeast: stopped)
    var open: [StepPair] = []
    for ordinal in 0..<max(before.count, after.count) {
      let known = before.indices.contains(ordinal) ? before[ordinal] : nil
      let place = after.indices.contains(ordinal) ? after[ordinal] : nil
      // A step that neither run ended.
      guard let path = path(ofStep: ordinal, known, place) else { continue }
      while let last = open.last, !recorded.steps[last.recorded].path.isCallSite(of: path) {
        if let divergence = endDivergence(last) { return divergence }
        open.removeLast()
      }
      switch (known, place) {
      case (let known?, let place?):
        let pair = StepPair(recorded: known, replayed: place)
        if let divergence = beginDivergence(pair) { return divergence }
        open.append(pair)
      case (let known?, nil):
        if let divergence = divergence(without: recorded.steps[known], at: ordinal) {
          return divergence
        }
      case (nil, _): return exhausted(place.map { replayed.steps[$0] }, at: path)
      }
    }
    while let last = open.popLast() {
      if let divergence = endDivergence(last) { return divergence }
    }
    return nil
  }

  private func path(ofStep ordinal: Int, _ known: Int?, _ place: Int?) -> Text? {
    if let known { return recorded.steps[known].path }
    if let place { return replayed.steps[place].path }
    return unanswered?.ordinal == ordinal ? unanswered?.path : nil
  }

  private func exhausted(_ found: RecordedStep?, at path: Text) -> Divergence {
    Divergence(
      step: path,
      kind: .recordingExhausted,
      recorded: nil,
      replayed: found?.summary ?? unanswered?.recordedValue
    )
  }

  /// A recorded step that the replay did not finish: it stopped there, or never came there.
  private func divergence(without expected: RecordedStep, at ordinal: Int) -> Divergence? {
    guard let unanswered, ordinal <= unanswered.ordinal else {
      return Divergence(
        step: expected.path,
        kind: .recordingNotConsumed,
        recorded: expected.summary,
        replayed: nil
      )
    }
    // A step before the one that stopped is still running: it holds the one that stopped.
    guard ordinal == unanswered.ordinal else { return nil }
    let asked = unanswered.recordedValue
    guard expected.path == unanswered.path else {
      return Divergence(
        step: unanswered.path,
        kind: .stepMismatch,
        recorded: expected.summary,
        replayed: asked
      )
    }
    let request = expected.requests.first { $0.attempt == unanswered.attempt }
    let differing = expected.requests.first { $0.request != asked } ?? request
    return Divergence(
      step: expected.path,
      kind: differing == nil ? .recordingExhausted : .effectMismatch,
      recorded: differing?.request,
      replayed: asked
    )
  }
}

extension RunComparison {
  private func firstExecutionDivergence() -> Divergence? {
    for (expected, found) in zip(recorded.executions, replayed.executions) {
      if let divergence = divergence(expected, found) { return divergence }
    }
    if replayed.executions.count < recorded.executions.count {
      let missing = recorded.executions[replayed.executions.count]
      return Divergence(
        step: missing.callSite,
        kind: .calleeMismatch,
        recorded: .text(missing.id),
        replayed: nil
      )
    }
    if recorded.executions.count < replayed.executions.count {
      let added = replayed.executions[recorded.executions.count]
      return Divergence(
        step: added.callSite,
        kind: .calleeMismatch,
        recorded: nil,
        replayed: .text(added.id)
      )
    }
    return nil
  }

  private func divergence(
    _ expected: RecordedExecution,
    _ found: RecordedExecution
  ) -> Divergence? {
    if expected == found { return nil }
    let site = expected.callSite
    func differs(_ kind: DivergenceKind, _ recorded: Value, _ replayed: Value) -> Divergence? {
      guard recorded != replayed else { return nil }
      return Divergence(step: site, kind: kind, recorded: recorded, replayed: replayed)
    }
    let ends = (expected.end, found.end)
    return differs(.calleeMismatch, expected.identity, found.identity)
      ?? differs(.statusMismatch, ends.0.status, ends.1.status)
      ?? differs(.errorMismatch, ends.0?.error.shown ?? .null, ends.1?.error.shown ?? .null)
      ?? differs(.resultMismatch, ends.0?.result ?? .null, ends.1?.result ?? .null)
      ?? differs(.resultMismatch, ends.0?.message ?? .null, ends.1?.message ?? .null)
      ?? differs(
        .resultMismatch,
        ends.0?.response?.value ?? .null,
        ends.1?.response?.value ?? .null
      )
      ?? differs(.stepMismatch, ends.0.visits, ends.1.visits(told: ends.0?.cards != nil))
  }
}

extension RecordedEnd? {
  /// The cards that the end tells.
  fileprivate var visits: Value { self?.cards.map { .list($0.map { .text($0) }) } ?? .null }

  /// The same where the recording tells any; older programs told nothing, which cannot be wrong.
  fileprivate func visits(told: Bool) -> Value { told ? visits : .null }
}

/// The places of a recorded step and of the one that the replay began in its place.
private struct StepPair {
  let recorded: Int
  let replayed: Int
}

extension RunComparison {
  /// What differs in how the steps of a pair began.
  private func beginDivergence(_ pair: StepPair) -> Divergence? {
    let (before, after) = (recorded.steps.span, replayed.steps.span)
    if before[pair.recorded].beganLike(after[pair.replayed]) { return nil }
    let (recorded, replayed) = (recorded.steps[pair.recorded], replayed.steps[pair.replayed])
    if !recorded.isSameStep(as: replayed) {
      return Divergence(
        step: replayed.path,
        kind: .stepMismatch,
        recorded: recorded.summary,
        replayed: replayed.summary
      )
    }
    return recorded.differs(.inputMismatch, .object(recorded.inputs), .object(replayed.inputs))
      ?? recorded.differs(
        .inputMismatch,
        .object(recorded.arguments),
        .object(replayed.arguments)
      )
  }

  /// What differs in what the steps of a pair asked, called and gave.
  private func endDivergence(_ pair: StepPair) -> Divergence? {
    let (before, after) = (recorded.steps.span, replayed.steps.span)
    if before[pair.recorded].endedLike(after[pair.replayed]) { return nil }
    let (recorded, replayed) = (recorded.steps[pair.recorded], replayed.steps[pair.replayed])
    return effectDivergence(recorded, replayed)
      ?? recorded.differs(.calleeMismatch, recorded.calleeList, replayed.calleeList)
      ?? recorded.differs(
        .statusMismatch,
        .text(Text(recorded.status.rawValue)),
        .text(Text(replayed.status.rawValue))
      )
      ?? recorded.differs(.errorMismatch, recorded.error.shown, replayed.error.shown)
      ?? recorded.differs(.outputMismatch, .object(recorded.outputs), .object(replayed.outputs))
  }

  private func effectDivergence(
    _ recorded: RecordedStep,
    _ replayed: RecordedStep
  ) -> Divergence? {
    for place in 0..<max(recorded.requests.count, replayed.requests.count) {
      let before = place < recorded.requests.count ? recorded.requests[place] : nil
      let after = place < replayed.requests.count ? replayed.requests[place] : nil
      if let before, let after, before.isSameRequest(as: after) { continue }
      let kind: DivergenceKind =
        before == nil
        ? .recordingExhausted : after == nil ? .recordingNotConsumed : .effectMismatch
      return Divergence(
        step: recorded.path,
        kind: kind,
        recorded: before?.request,
        replayed: after?.request
      )
    }
    return nil
  }
}

extension RecordedStep {
  fileprivate func differs(
    _ kind: DivergenceKind,
    _ before: Value,
    _ after: Value
  ) -> Divergence? {
    guard before != after else { return nil }
    return Divergence(step: path, kind: kind, recorded: before, replayed: after)
  }
}

extension Recording {
  /// The places of the steps by the order in which they began; of those that did not end there is none, nor of
  /// those that say they were the billionth of a few, as steps of a damaged log may.
  func placesByOrdinal(atLeast count: Int = 0) -> [Int?] {
    let most = 4 * steps.count + 1024
    let last = min(max(-1, steps.last?.ordinal ?? -1), most - 1)
    var places = [Int?](repeating: nil, count: max(count, last + 1, 0))
    for place in steps.indices where places.indices.contains(steps[place].ordinal) {
      places[steps[place].ordinal] = place
    }
    return places
  }
}
