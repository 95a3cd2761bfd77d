public import Flows
public import Values

/// How a run that was cut off is taken up.
public struct Resumption: Sendable {
  /// What somebody says of a request of which nobody else knows whether it was done.
  public enum Word: Hashable, Sendable {
    /// It was done, with these outputs.
    case sent(outputs: Object)
    /// It was not done.
    case notSent
  }

  /// Who takes it up, as claimed.
  public let actor: Text?
  /// Why, in their words.
  public let reason: Text?
  /// What they say of the open request; nil where they say nothing.
  public let word: Word?

  /// Makes a resumption.
  public init(actor: Text?, reason: Text? = nil, word: Word? = nil) {
    self.actor = actor
    self.reason = reason
    self.word = word
  }

  /// What taking a run up came to.
  public enum Outcome: Sendable {
    /// The run came to its end.
    case finished(RunOutcome)
    /// Nobody knows whether the open request was done, and nothing was sent.
    case inDoubt(OpenRequest, reason: String)
  }
}
