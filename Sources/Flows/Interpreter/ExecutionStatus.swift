/// How an execution ended.
public enum ExecutionStatus: String, Hashable, Sendable, CaseIterable {
  /// It ran to its end or to a *Return*.
  case succeeded
  /// A *Continue If* ended it.
  case stopped
  /// An error ended it.
  case failed
  /// A value that nobody has hides how it ended.
  case undetermined
}
