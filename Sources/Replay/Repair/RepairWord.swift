public import Values

/// What somebody who looked says of an effect that was in doubt.
public enum RepairWord: Hashable, Sendable {
  /// It was done, with these outputs.
  case sent(outputs: Object)
  /// It was not done.
  case notSent
}
