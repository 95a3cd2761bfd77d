internal import Values

/// Times as people read them: UTC, to the second; JSON has them to the millisecond.
enum TimeText {
  /// `2026-09-14 08:02:11`.
  static func of(_ milliseconds: Int64) -> String {
    let text = Instant(milliseconds: milliseconds).iso8601.description
    return text.replacing("T", with: " ").prefix { $0 != "." }.description
  }
}
