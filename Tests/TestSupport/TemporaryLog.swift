public import EventStore
internal import Synchronization

/// Options whose clock and entropy depend on nothing but how often they were asked.
///
/// `recentIdentities` is how many ids gather before they are put in their places, where it is not as many as usual.
public func deterministicOptions(
  projections: [any Projection] = [],
  mapSize: Int = 1 << 30,
  segmentSpan: UInt64 = 4096,
  recentIdentities: Int? = nil
) -> EventLogOptions {
  let ticks = Counter()
  let drawn = Counter()
  var options = EventLogOptions(
    mapSize: mapSize,
    clock: { 1_780_000_000_000 + Int64(ticks.next()) },
    entropy: { count in
      var generator = UInt64(drawn.next()) &* 0x9E37_79B9_7F4A_7C15
      return (0..<count).map { _ in
        generator ^= generator << 13
        generator ^= generator >> 7
        generator ^= generator << 17
        return UInt8(truncatingIfNeeded: generator)
      }
    },
    projections: projections
  )
  options.segmentSpan = segmentSpan
  if let recentIdentities { options.recentIdentityLimit = recentIdentities }
  return options
}

/// A new log in a fresh folder for the length of `body`; it is verified in depth afterwards, always.
///
/// - Throws: What `body` throws, and `LogIsDamaged` where the log does not verify.
public func withTemporaryLog(
  projections: [any Projection] = [],
  segmentSpan: UInt64 = 4096,
  recentIdentities: Int? = nil,
  _ body: (EventLog) throws -> Void
) throws {
  try withTemporaryFolder { folder in
    let log = try EventLog(
      at: folder + "/store",
      options: deterministicOptions(
        projections: projections,
        segmentSpan: segmentSpan,
        recentIdentities: recentIdentities
      )
    )
    try body(log)
    let verification = try log.verify(.deep)
    guard verification.problems.isEmpty else {
      throw LogIsDamaged(problems: verification.problems)
    }
  }
}

/// What `withTemporaryLog` throws where the log does not verify.
public struct LogIsDamaged: Error {
  /// What was found.
  public let problems: [Problem]
}

/// Counts how often it was asked.
private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
