public import Flows

/// What came of asking a service.
public struct LiveReply: Sendable {
  /// The outputs, or the error that the card fails with.
  public let answer: Answer
  /// How long the service wants nobody to ask again, in milliseconds.
  public let waitMilliseconds: Double
  /// Whether the request went out and nobody knows whether it was done.
  public let isInDoubt: Bool

  init(_ answer: Answer, waitMilliseconds: Double = 0, isInDoubt: Bool = false) {
    self.answer = answer
    self.waitMilliseconds = waitMilliseconds
    self.isInDoubt = isInDoubt
  }
}
