internal import Crypto

/// When a notice that was not taken is sent again.
enum NoticeRetry {
  /// So often a notice is sent, over about six hours.
  static let limit = 20
  /// The first pause, and the longest, in milliseconds.
  private static let (first, longest): (Int64, Int64) = (5_000, 1_800_000)
  /// No notice waits longer than so many milliseconds, whatever is asked.
  static let longestWait: Int64 = 3_600_000
  /// What says that the message itself is not taken, however often it comes.
  private static let final: Set<Int> = [400, 413, 422]

  /// When a notice is sent again, in milliseconds since 1970; nil for never.
  ///
  /// Pauses double from five seconds to half an hour, with up to a fifth more by the notice's id and the
  /// number of the attempt, so that those that failed together do not come back together.
  ///
  /// - Parameters:
  ///   - id: The notice's id.
  ///   - tries: How often it was sent.
  ///   - status: What its receiver answered, nil for nothing.
  ///   - wait: How many milliseconds the receiver asked to wait, an hour at most.
  ///   - now: Milliseconds since 1970.
  /// - Returns: The time.
  static func next(_ id: String, tries: Int, status: Int?, wait: Double, at now: Int64) -> Int64? {
    guard tries < limit, !(status.map(final.contains) ?? false) else { return nil }
    let doubled = tries > 10 ? longest : min(longest, first << Int64(max(0, tries - 1)))
    let hash = SHA256.hash(data: Array("\(id)#\(tries)".utf8)).prefix(2)
    let share = hash.reduce(Int64(0)) { $0 << 8 | Int64($1) }
    let pause = doubled + doubled * share / (5 * 65_536)
    return now + max(pause, Int64(wait))
  }
}
