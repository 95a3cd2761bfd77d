public import Values

/// Why an answer is not proven.
public struct Assumption: Hashable, Sendable {
  /// What was assumed.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Nobody has the answer of a write; it was taken as succeeded.
    case takenAsSucceeded
    /// The answer to a read was recorded behind other writes to the connector.
    case otherWritesBefore
    /// The answer is the newest one in the log to the same request.
    case newestInLog
    /// The answer is read from the log's own tables, of which a row was redacted or written by the
    /// run itself.
    case ownLog
    /// The answer is the answers file's.
    case scripted
    /// The request has unknown inputs; the known ones agree with the recorded request.
    case unknownInputs

    /// What is said of the request: `taken as succeeded`.
    public var words: String {
      switch self {
      case .takenAsSucceeded: "taken as succeeded"
      case .otherWritesBefore: "answered as recorded, though behind other writes"
      case .newestInLog: "answered by the newest same request in the log"
      case .ownLog: "answered by the log's own table"
      case .scripted: "answered by the answers file"
      case .unknownInputs: "answered as recorded, though inputs are unknown"
      }
    }
  }

  /// The path of the step that asked.
  public let step: Text
  /// What was asked: a connector's method, `slack:sendDirectMessage2`, or an ambient one.
  public let request: Text
  /// What was assumed.
  public let reason: Reason

  /// Makes an assumption.
  public init(step: Text, request: Text, reason: Reason) {
    self.step = step
    self.request = request
    self.reason = reason
  }
}

extension Assumption {
  /// The assumption as a sentence without the step, such as `gmail:sendEmail2 taken as succeeded`.
  public var sentence: String { "\(request) \(reason.words)" }

  /// The assumption as JSON lines show it.
  public var value: Value {
    ["step": .text(step), "what": .text(Text(sentence))]
  }
}
