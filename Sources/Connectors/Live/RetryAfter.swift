internal import Values

/// How long a service wants nobody to ask again.
enum RetryAfter {
  /// Longer waits than this are not a service's to ask for, in milliseconds.
  private static let maximum: Double = 3_600_000

  /// The milliseconds that an answer asks for, 0 where it asks for none: `Retry-After` (RFC 9110,
  /// section 10.2.3) as seconds or a date, else `X-Rate-Limit-Reset` as Okta sends it, a second of the clock.
  static func milliseconds(_ reply: HTTPReply, now: Instant) -> Double {
    if let seconds = reply.field("retry-after").flatMap(Double.init), seconds >= 0 {
      return min(seconds * 1_000, maximum)
    }
    if let date = reply.field("retry-after").flatMap(HTTPDate.instant) {
      return min(max(0, Double(date.milliseconds - now.milliseconds)), maximum)
    }
    guard let reset = reply.field("x-rate-limit-reset").flatMap(Double.init) else { return 0 }
    return min(max(0, reset * 1_000 - Double(now.milliseconds)), maximum)
  }
}
