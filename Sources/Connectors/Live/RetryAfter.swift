internal import Values

/// How long a service wants nobody to ask again.
enum RetryAfter {
  /// Longer waits than this are not a service's to ask for, in milliseconds.
  private static let maximum: Double = 3_600_000

  /// The milliseconds that an answer asks for, 0 where it asks for none: `Retry-After` (RFC 9110,
  /// section 10.2.3) as seconds or a date, else `X-Rate-Limit-Reset` as Okta sends it, a second of the clock.
  ///
  /// A time is one of the service's clock, which `Date` tells; where the answer has none, `now` is taken for
  /// it. Both `Date` and `Reset` leave out parts of a second, so one is waited more.
  static func milliseconds(_ reply: HTTPReply, now: Instant) -> Double {
    if let seconds = reply.field("retry-after").flatMap(Double.init), seconds >= 0 {
      return min(seconds * 1_000, maximum)
    }
    let sent = reply.field("date").flatMap(HTTPDate.instant) ?? now
    if let date = reply.field("retry-after").flatMap(HTTPDate.instant) {
      return min(max(0, Double(date.milliseconds - sent.milliseconds)), maximum)
    }
    guard let reset = reply.field("x-rate-limit-reset").flatMap(Double.init) else { return 0 }
    return min(max(0, reset * 1_000 - Double(sent.milliseconds) + 1_000), maximum)
  }
}
