public import Values

/// A request that was recorded before it was sent, and whose step never was: a run that still goes
/// on, or one that was cut off with an effect in doubt.
public struct OpenRequest: Hashable, Sendable {
  /// The execution whose step asked.
  public let execution: Text
  /// The path of the step.
  public let path: Text
  /// The place of the step in the order in which steps began.
  public let ordinal: Int
  /// The request, without an answer.
  public let request: RecordedRequest

  /// Makes an open request.
  public init(execution: Text, path: Text, ordinal: Int, request: RecordedRequest) {
    self.execution = execution
    self.path = path
    self.ordinal = ordinal
    self.request = request
  }
}

extension OpenRequest {
  /// Whether the request is one that a step is recorded to have made.
  func isMade(by step: RecordedStep) -> Bool {
    step.execution == execution && step.path == path
      && step.requests.contains {
        $0.attempt == request.attempt && $0.hash == request.hash && $0.request == request.request
      }
  }
}
