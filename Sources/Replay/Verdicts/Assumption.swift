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
    /// Somebody says what is answered, whatever was recorded.
    case overridden
    /// The clock is taken to have stood at the start.
    case timeOfStart
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
      case .overridden: "answered by what was said instead"
      case .timeOfStart: "taken as the time of the start"
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

  /// How far the answer can be trusted, where another execution was given it.
  public let standing: AnswerStanding?

  /// Makes an assumption.
  public init(step: Text, request: Text, reason: Reason, standing: AnswerStanding? = nil) {
    self.step = step
    self.request = request
    self.reason = reason
    self.standing = standing
  }
}

extension Assumption {
  /// The assumption as a sentence without the step, such as `gmail:sendEmail2 taken as succeeded`.
  public var sentence: String { "\(request) \(words)" }

  /// What was assumed, with how far an answer of another execution can be trusted.
  public var words: String {
    guard let standing else { return reason.words }
    return "\(reason.words) (\(standing.sentence))"
  }

  /// The assumption as JSON lines show it.
  public var value: Value {
    var object: Object = ["step": .text(step), "what": .text(Text("\(request) \(reason.words)"))]
    if let standing {
      object["age"] = .number(Double(standing.age))
      object["agreeing"] = Value(count: standing.agreeing)
      object["compared"] = Value(count: standing.compared)
    }
    return .object(object)
  }
}
