/// Where a run stands after the interpreter has gone as far as it can.
public enum Transition: Sendable {
  /// The run needs an answer to continue.
  case needs(EffectRequest)
  /// The run is over, what it started on the side included.
  indirect case finished(RunOutcome)
}
