public import EventStore
public import Values

/// Why a trace cannot begin.
public enum TraceError: Error, Hashable {
  /// Nothing in the log has that name; its positions end at `last`, or there are none.
  case unknown(String, last: Position?)
  /// No such step of the execution was recorded.
  case unknownStep(execution: Text, path: Text)
}

extension TraceError: CustomStringConvertible {
  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .unknown(let name, let last?):
      "nothing in the log is called \(name); positions end at \(last)"
    case .unknown(let name, nil): "nothing in the log is called \(name); the log is empty"
    case .unknownStep(let execution, let path):
      "the execution \(execution) ran no step \(path); "
        + "`auditcli show \(execution) --tree` lists those that it ran"
    }
  }
}
