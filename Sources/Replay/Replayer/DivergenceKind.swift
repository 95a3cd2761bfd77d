/// What differs between a recorded and a replayed run.
public enum DivergenceKind: String, Hashable, Sendable, CaseIterable {
  /// The replay went on behind the last recorded step, or asked more than was recorded.
  case recordingExhausted
  /// The replay ended, or asked less, before all that was recorded.
  case recordingNotConsumed
  /// Another card ran.
  case stepMismatch
  /// The card ran on other inputs or passed other arguments.
  case inputMismatch
  /// The card asked something else of the world.
  case effectMismatch
  /// The card called other executions.
  case calleeMismatch
  /// The step or execution ended in another way.
  case statusMismatch
  /// The step or execution failed with another error.
  case errorMismatch
  /// The card gave other outputs.
  case outputMismatch
  /// The execution gave another result, message or response.
  case resultMismatch
}
