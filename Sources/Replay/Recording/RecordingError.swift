public import EventStore
public import Values

/// A failure to record a run or to read a recording back.
public enum RecordingError: Error, Hashable {
  /// An event of a recording does not read as the program writes it.
  case malformed(at: Position, reason: String)
  /// A recording does not begin with the beginning of its root execution.
  case headless(execution: Text)
  /// An execution of that id is in the log already.
  case exists(execution: Text)
  /// A run that was cut off does not come to where its recording ends.
  case diverged(execution: Text, step: Text)
  /// A table was written by somebody else again and again while a step wanted to write it.
  case tableContended(table: Text)
}

extension RecordingError {
  /// What `read` gives; what does not read as the program writes it is told with its position.
  static func reading<Result>(
    _ event: Event,
    _ read: (Event) throws -> Result
  ) throws -> Result {
    do {
      return try read(event)
    } catch let error as RecordedFields.Malformed {
      throw RecordingError.malformed(at: event.position, reason: error.reason)
    } catch let error as RecordedValueError {
      throw RecordingError.malformed(at: event.position, reason: String(describing: error))
    }
  }
}

extension RecordingError: CustomStringConvertible {
  /// What is true and what to do; never the contents of a value.
  public var description: String {
    switch self {
    case .malformed(let position, let reason):
      "the recorded event at position \(position) does not read: \(reason). Run `auditcli verify`."
    case .headless(let execution):
      "the recording \(execution) lacks its beginning. Run `auditcli verify`."
    case .exists(let execution): "an execution \(execution) is in the log already"
    case .diverged(let execution, let step):
      "the execution \(execution) cannot be taken up: run again, it differs from its recording at "
        + "\(step). Run `auditcli replay \(execution)`."
    case .tableContended(let table):
      "the table \(table) is written by others all the time. Run the flow again later."
    }
  }
}
