/// Why a recipient is told of an alert.
public enum NoticeReason: String, Hashable, Sendable, CaseIterable {
  /// It was raised.
  case new
  /// Nobody had handled it after the time that the recipient waits.
  case unhandled
  /// Another event came after it was dealt with.
  case reopened
}
