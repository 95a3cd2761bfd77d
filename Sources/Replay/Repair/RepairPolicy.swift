public import Values

/// How failed executions are repaired.
public struct RepairPolicy: Sendable {
  /// Whether reads that were answered are not asked anew.
  public var reusesReads = false
  /// Whether all is done anew, also what was done already.
  public var startsAnew = false
  /// What the clock of the repair says where the failed execution did not ask it.
  public let now: Instant
  /// What random numbers and new ids are made of where the failed execution did not draw them.
  public let seed: Text

  /// Makes a policy.
  public init(now: Instant, seed: Text) {
    self.now = now
    self.seed = seed
  }
}
