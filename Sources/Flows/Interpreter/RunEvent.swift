/// What happened in a run, in the order in which it happened.
public enum RunEvent: Sendable {
  /// An execution began.
  case executionStarted(ExecutionStart)
  /// A step ended, well or not.
  case step(Step)
  /// An execution ended.
  case executionFinished(ExecutionEnd)
}
