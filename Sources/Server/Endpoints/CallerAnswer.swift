internal import Flows
internal import Synchronization

/// Where the answer to the caller of an API endpoint arrives, from the run of its flow.
final class CallerAnswer: Sendable {
  /// What became of a call.
  enum Outcome: Sendable {
    /// The flow has answered.
    case answered(HTTPAnswer)
    /// The call starts no flow, since none is active that it is addressed to.
    case startsNothing
    /// The flow could not be run.
    case failed
    /// Nobody runs flows now, or the flow takes longer than its caller is kept waiting.
    case later
  }

  private enum State {
    case open
    case waiting(CheckedContinuation<Outcome, Never>)
    case settled(Outcome)
  }

  private let state = Mutex(State.open)

  /// Says what became of the call; the first word counts.
  func settle(_ outcome: Outcome) {
    let waiting = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
      switch state {
      case .settled: return nil
      case .open:
        state = .settled(outcome)
        return nil
      case .waiting(let continuation):
        state = .settled(outcome)
        return continuation
      }
    }
    waiting?.resume(returning: outcome)
  }

  /// What became of the call, `.later` where that is not known within a time.
  ///
  /// To be asked once.
  func outcome(within limit: Duration) async -> Outcome {
    let timer = Task {
      try await Task.sleep(for: limit)
      settle(.later)
    }
    defer { timer.cancel() }
    return await withCheckedContinuation { continuation in
      let known = state.withLock { state -> Outcome? in
        if case .settled(let outcome) = state { return outcome }
        state = .waiting(continuation)
        return nil
      }
      if let known { continuation.resume(returning: known) }
    }
  }
}
