public import Values

/// How a run ended.
public struct RunOutcome: Sendable {
  /// How the root execution ended.
  public let end: ExecutionEnd
  /// What the caller of an API endpoint receives; nil for flows that begin otherwise.
  public let response: HTTPAnswer?
  /// How many steps ran, those of all executions included.
  public let stepCount: Int
  /// The unanswered requests that hide how the run ended, nil where nothing does.
  public let hiddenBy: Unknown?
  /// The error that ended the whole run and that no card can handle, nil where none did.
  public let abortedBy: RaisedError?
}
