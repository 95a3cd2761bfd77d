public import Values

/// That a run which was cut off was taken up again, by whom, and what became of its open request.
public struct RecordedResumption: Hashable, Sendable {
  /// What becomes of a request that was open when the run was cut off.
  public enum Decision: String, Hashable, Sendable, CaseIterable {
    /// There was none.
    case none
    /// It goes out again, since twice does no harm.
    case again
    /// The service was asked and had done it.
    case found
    /// The service was asked and had not done it, so it goes out.
    case missing
    /// Somebody said that it was done.
    case sent
    /// Somebody said that it was not done, so it goes out.
    case notSent
    /// Nobody goes on: the run ends as it is.
    case givenUp
  }

  /// The root execution.
  public let execution: Text
  /// Who took it up, as claimed.
  public let actor: Text?
  /// Why, in their words.
  public let reason: Text?
  /// The path of the step whose request was open.
  public let step: Text?
  /// What becomes of it.
  public let decision: Decision

  /// Makes a resumption.
  public init(
    execution: Text,
    actor: Text?,
    reason: Text? = nil,
    step: Text? = nil,
    decision: Decision
  ) {
    self.execution = execution
    self.actor = actor
    self.reason = reason
    self.step = step
    self.decision = decision
  }
}
