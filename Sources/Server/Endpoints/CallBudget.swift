internal import Synchronization

/// How often each API endpoint may be called, by the names of its hooks.
///
/// Source: Okta, "System limits": ten calls in a second for each flow, 429 beyond.
final class CallBudget: Sendable {
  private let limit: Int
  private let state = Mutex(State())

  private struct State {
    var second: Int64 = 0
    var counts: [String: Int] = [:]
  }

  /// A budget of so many calls in a second; 0 for any number.
  init(perSecond limit: Int) {
    self.limit = limit
  }

  /// Whether a call may be taken at a time, in milliseconds since 1970.
  func takes(_ hook: String, at now: Int64) -> Bool {
    guard limit > 0 else { return true }
    return state.withLock { state in
      if state.second != now / 1000 { state = State(second: now / 1000) }
      guard state.counts[hook, default: 0] < limit else { return false }
      state.counts[hook, default: 0] += 1
      return true
    }
  }
}
