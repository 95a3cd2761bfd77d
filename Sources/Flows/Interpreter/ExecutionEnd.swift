public import Values

/// The end of an execution.
public final class ExecutionEnd: Sendable {
  /// The execution's id.
  public let id: Text
  /// How it ended.
  public let status: ExecutionStatus
  /// What its caller receives: the outputs of the last card that ran, groups as objects; null
  /// unless the execution succeeded.
  public let result: Value
  /// What ended a failed execution.
  public let error: RaisedError?
  /// What the *Continue If* said that stopped the execution.
  public let message: Value

  init(id: Text, status: ExecutionStatus, result: Value, error: RaisedError?, message: Value) {
    self.id = id
    self.status = status
    self.result = result
    self.error = error
    self.message = message
  }
}
