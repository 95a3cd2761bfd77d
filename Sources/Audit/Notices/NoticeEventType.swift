/// What becomes of notices, as the log tells of it.
enum NoticeEventType: String {
  /// It is about to be sent.
  case requested = "notice.requested"
  /// It was taken.
  case sent = "notice.sent"
  /// It was certainly not taken.
  case failed = "notice.failed"
  /// Nobody knows whether it was taken.
  case doubted = "notice.doubted"
  /// Somebody said whether it was.
  case resolved = "notice.resolved"
  /// Of what was opened before a position everything was told that is to be told.
  case advanced = "notices.advanced"
}
