/// What differs between what an execution did and what it would do.
public enum ChangeKind: String, Hashable, Sendable, CaseIterable {
  /// An effect that was not before.
  case new
  /// An effect that is no more.
  case missing
  /// An effect at another place among the others.
  case reordered
  /// An input of an effect.
  case arguments
  /// An option of an effect.
  case options
  /// The connection of an effect.
  case connection
  /// The connector or method of an effect.
  case method
  /// What the execution returns.
  case result
  /// What the caller of an API endpoint receives.
  case response
  /// The error that ends the execution.
  case error
  /// How the execution ends.
  case status
  /// Whether the event starts the flow at all: it does not start the new version.
  case wouldNotStart
}
