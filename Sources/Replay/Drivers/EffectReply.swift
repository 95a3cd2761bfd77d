public import Flows

/// What a driver gives for a request: the answer, and what the recording keeps beside it.
public struct EffectReply: Hashable, Sendable {
  /// The answer.
  public let answer: Answer
  /// Where the answer is from, unless a service gave it.
  public let evidence: AnswerEvidence
  /// The changes of tables that the request makes; they are appended with the step's end.
  public let changes: [TableEvent]
  /// How many events each changed table's stream holds, so that nobody else writes between.
  public let expectedVersion: UInt32
  /// Whether the request went out and nobody knows whether it was done.
  public let isInDoubt: Bool
  /// How long the service wants nobody to ask again, in milliseconds.
  public let waitMilliseconds: Double

  /// Makes a reply.
  public init(
    _ answer: Answer,
    evidence: AnswerEvidence = .none,
    changes: [TableEvent] = [],
    expectedVersion: UInt32 = 0,
    isInDoubt: Bool = false,
    waitMilliseconds: Double = 0
  ) {
    self.answer = answer
    self.evidence = evidence
    self.changes = changes
    self.expectedVersion = expectedVersion
    self.isInDoubt = isInDoubt
    self.waitMilliseconds = waitMilliseconds
  }
}
