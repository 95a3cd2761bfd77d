public import Flows
internal import Values

/// What came of asking a service.
public struct LiveReply: Sendable {
  /// The outputs, or the error that the card fails with.
  public let answer: Answer
  /// How long the service wants nobody to ask again, in milliseconds.
  public let waitMilliseconds: Double
  /// Whether the request went out and nobody knows whether it was done.
  public let isInDoubt: Bool

  /// Whether the status of an error is the service's word, and not only what stands for any.
  let hasStatus: Bool

  init(
    _ answer: Answer,
    waitMilliseconds: Double = 0,
    isInDoubt: Bool = false,
    hasStatus: Bool = true
  ) {
    self.hasStatus = hasStatus
    self.answer = answer
    self.waitMilliseconds = waitMilliseconds
    self.isInDoubt = isInDoubt
  }
}

extension LiveReply {
  /// The status with which the service refused; nil where it did not, no answer came, or the answer has an
  /// error for which no status is known.
  public var refusal: Int? {
    // An error that nobody answered with has a status too, which is the flow's.
    guard hasStatus, case .failure(let error) = answer, error.details["headers"] != nil else {
      return nil
    }
    return Int(exactly: error.statusCode)
  }
}
