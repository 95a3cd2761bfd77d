public import Values

/// How an execution stands.
public enum HistoryStatus: String, Hashable, Sendable, CaseIterable {
  /// It has not ended, or was cut off.
  case running
  /// It ran to its end or to a *Return*.
  case succeeded
  /// A *Continue If* ended it.
  case stopped
  /// An error ended it.
  case failed
  /// A value that nobody has hides how it ended.
  case undetermined
  /// Somebody ended it, as Okta tells.
  case cancelled
}

extension HistoryStatus {
  /// The word, as the history's rows hold it.
  public var text: Text { Text(rawValue) }
}
