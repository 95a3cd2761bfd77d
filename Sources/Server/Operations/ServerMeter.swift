internal import Audit
internal import Synchronization

/// Counts what a server does, from its start on.
final class ServerMeter: Sendable {
  /// What has been counted.
  struct Counts: Sendable {
    /// Requests by route and status.
    var requests: [Route: UInt64] = [:]
    /// Events of deliveries by hook and what became of them.
    var events: [HookResult: UInt64] = [:]
    /// How long commits of deliveries took.
    var commits = Durations()
    /// How many deliveries commits held.
    var committed: UInt64 = 0
    /// Runs that events started, by how that went.
    var started: UInt64 = 0
    var notStarted: UInt64 = 0
  }

  /// What a request was for, and how it was answered.
  struct Route: Hashable, Comparable, Sendable {
    let name: String
    let status: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.name, left.status) < (right.name, right.status)
    }
  }

  /// What became of events that came by a hook.
  struct HookResult: Hashable, Comparable, Sendable {
    let hook: String
    let result: String

    static func < (left: Self, right: Self) -> Bool {
      (left.hook, left.result) < (right.hook, right.result)
    }
  }

  /// Durations in classes, as Prometheus' histograms have them.
  struct Durations: Sendable {
    /// The upper bounds of the classes, in microseconds; the last class has none.
    static let bounds: [Int64] = [
      500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 250_000, 1_000_000, 3_000_000,
    ]
    private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    /// All of them together, in microseconds.
    private(set) var sum: Int64 = 0

    mutating func add(_ microseconds: Int64) {
      let place = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
      counts[place] += 1
      sum += microseconds
    }
  }

  private let state = Mutex(Counts())

  /// What has been counted until now.
  var counts: Counts { state.withLock { $0 } }

  /// Counts a request.
  func count(_ route: Route) { state.withLock { $0.requests[route, default: 0] += 1 } }

  /// Counts a commit of so many deliveries.
  func count(commit duration: Duration, of deliveries: Int) {
    state.withLock { counts in
      counts.commits.add(duration.microseconds)
      counts.committed += UInt64(deliveries)
    }
  }

  /// Counts what became of a delivery's events.
  func count(_ outcome: DeliveryOutcome, of hook: String) {
    state.withLock { counts in
      for (result, number) in [
        ("appended", outcome.appended), ("duplicate", outcome.duplicates),
        ("conflicting", outcome.conflicting), ("filtered", outcome.filtered),
      ] where number > 0 {
        counts.events[HookResult(hook: hook, result: result), default: 0] += UInt64(number)
      }
    }
  }

  /// Counts a flow that an event started, or should have.
  func count(started: Bool) {
    state.withLock { counts in
      if started { counts.started += 1 } else { counts.notStarted += 1 }
    }
  }
}

extension Duration {
  /// Whole microseconds.
  var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}
