internal import Synchronization

/// How many requests each caller may make in a minute of the clock.
final class RequestAllowance: Sendable {
  /// What is left to a caller.
  struct Left: Sendable {
    /// How many requests a minute takes.
    let limit: Int
    /// How many of this minute's are left.
    let remaining: Int
    /// When the next minute begins, in seconds since 1970.
    let reset: Int64
    /// Whether the request that was counted is one too many.
    let isExceeded: Bool
  }

  private let perMinute: Int
  private let minutes = Mutex<[String: (minute: Int64, used: Int)]>([:])

  /// So many callers are remembered before those of earlier minutes are forgotten.
  private static let most = 1000

  init(perMinute: Int) {
    self.perMinute = perMinute
  }

  /// Counts a request at a time in milliseconds since 1970.
  func take(_ caller: String, at now: Int64) -> Left {
    let minute = now / 60_000
    let used = minutes.withLock { minutes in
      if minutes.count > Self.most { minutes = minutes.filter { $0.value.minute == minute } }
      var own = minutes[caller] ?? (minute, 0)
      if own.minute != minute { own = (minute, 0) }
      own.used = min(own.used + 1, perMinute + 1)
      minutes[caller] = own
      return own.used
    }
    return Left(
      limit: perMinute,
      remaining: max(0, perMinute - used),
      reset: (minute + 1) * 60,
      isExceeded: used > perMinute
    )
  }
}
