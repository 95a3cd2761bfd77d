public import Flows
public import Values

/// How an execution of a recording ended.
public struct RecordedEnd: Hashable, Sendable {
  /// How it ended.
  public let status: ExecutionStatus
  /// The card whose *Continue If* stopped it, by the path of its step.
  public let stoppedBy: Text?
  /// What that card said.
  public let message: Value
  /// The error of a failed execution.
  public let error: RecordedError?
  /// What its caller received; null unless it succeeded.
  public let result: Value
  /// What the caller of an API endpoint received; nil for everything but such a root.
  public let response: HTTPAnswer?
  /// How many steps the execution had, those of the executions it called not counted.
  public let stepCount: Int
  /// How many of its requests went out and nobody knows whether they were done; of a root those of all
  /// that it called are counted too.
  public let inDoubt: Int
  /// The ids of the cards that were steps of the root or of anything below it, in the order in which
  /// each first ended, told by the execution that ended last; nil for all others, where the recording
  /// is not whole, and where the program that made it did not tell.
  public let cards: [Text]?

  /// Makes an end.
  public init(
    status: ExecutionStatus,
    stoppedBy: Text? = nil,
    message: Value = .null,
    error: RecordedError? = nil,
    result: Value = .null,
    response: HTTPAnswer? = nil,
    stepCount: Int,
    inDoubt: Int = 0,
    cards: [Text]? = nil
  ) {
    self.status = status
    self.stoppedBy = stoppedBy
    self.message = message
    self.error = error
    self.result = result
    self.response = response
    self.stepCount = stepCount
    self.inDoubt = inDoubt
    self.cards = cards
  }
}
