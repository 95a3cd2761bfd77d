/// What came of sending a notice once.
public enum NoticeOutcome: Hashable, Sendable {
  /// It was taken; with the status of the answer, where the way has such.
  case sent(status: Int?)
  /// It was certainly not taken; not before so many milliseconds, an hour at most, does its receiver want
  /// it again.
  case notSent(status: Int?, reason: String, wait: Double)
  /// It went out, and nobody knows whether it was taken.
  case doubted(status: Int?, reason: String)
}
