internal import Flows
public import Values

/// A request that was recorded by itself, before it was sent or once it was answered, while its step
/// was not: a run that still goes on, or one that was cut off.
public struct OpenRequest: Hashable, Sendable {
  /// The execution whose step asked.
  public let execution: Text
  /// The path of the step.
  public let path: Text
  /// The place of the step in the order in which steps began.
  public let ordinal: Int
  /// The request; without an answer where it is not known to have one.
  public let request: RecordedRequest
  /// How long its answer asked to wait before another attempt, in milliseconds.
  public var waitMilliseconds: Double = 0

  /// Makes an open request.
  public init(execution: Text, path: Text, ordinal: Int, request: RecordedRequest) {
    self.execution = execution
    self.path = path
    self.ordinal = ordinal
    self.request = request
  }
}

extension OpenRequest {
  /// The request of a step that runs, which is recorded so.
  init(_ request: EffectRequest, as recorded: RecordedRequest) {
    self.init(
      execution: request.execution,
      path: request.path,
      ordinal: request.ordinal,
      request: recorded
    )
  }

  /// The card that asked, by its id.
  public var card: Text { path.cardOfStep }

  /// Whether an answer that was recorded by itself is one to this request.
  func isAnswered(by answered: OpenRequest) -> Bool {
    answered.ordinal == ordinal && answered.path == path && answered.execution == execution
      && answered.request.isSameRequest(as: request)
  }

  /// Whether the request is one that a step is recorded to have made.
  func isMade(by step: RecordedStep) -> Bool {
    step.execution == execution && step.path == path
      && step.requests.contains { $0.isSameRequest(as: request) }
  }

  /// Whether the end of a step tells the request and its answer as they were told when it was answered.
  func isRepeated(by step: RecordedStep) -> Bool {
    step.execution == execution && step.path == path
      && step.requests.contains {
        $0.isSameRequest(as: request) && $0.answer == request.answer
      }
  }
}
