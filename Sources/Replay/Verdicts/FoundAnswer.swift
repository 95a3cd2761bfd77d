public import Flows

/// An answer that is not in the recording itself.
public struct FoundAnswer: Hashable, Sendable {
  /// What came back.
  public let answer: Answer
  /// Whether it is what the execution itself would have been given, as the log's own entries are.
  public let isProven: Bool
  /// How far it can be trusted, where another execution was given it.
  public let standing: AnswerStanding?

  /// Makes an answer.
  public init(_ answer: Answer, isProven: Bool = false, standing: AnswerStanding? = nil) {
    self.answer = answer
    self.isProven = isProven
    self.standing = standing
  }
}
