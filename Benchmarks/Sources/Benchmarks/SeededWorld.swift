internal import Audit
internal import EventStore
internal import Synchronization
internal import TestSupport

/// A clock and randomness that follow from a seed: whoever asks the same questions gets the same answers.
final class SeededWorld: Sendable {
  /// The fifteenth of September 2026.
  private static let start: Int64 = 1_789_430_400_000

  private let state: Mutex<(numbers: SplitMix64, time: Int64)>

  init(seed: UInt64) {
    state = Mutex((SplitMix64(seed: seed), Self.start))
  }

  /// How logs are opened whose bytes follow from the seed.
  var options: EventLogOptions {
    EventLogOptions(clock: now, entropy: entropy, projections: AuditViews.all)
  }

  /// A millisecond later than the last time.
  @Sendable func now() -> Int64 {
    state.withLock { state in
      state.time += 1
      return state.time
    }
  }

  @Sendable func entropy(_ count: Int) -> [UInt8] {
    state.withLock { state in
      (0..<count).map { _ in UInt8(truncatingIfNeeded: state.numbers.next() >> 32) }
    }
  }

  /// Whether what happens once in so many times happens now.
  func once(in times: Int) -> Bool { state.withLock { $0.numbers.once(in: times) } }
}
