public import Values

/// What asking services takes from its surroundings.
public struct Surroundings: Sendable {
  /// Reads the wall clock.
  let now: @Sendable () -> Instant
  /// Lets time pass.
  let sleep: @Sendable (_ milliseconds: Double) -> Void

  /// Makes surroundings.
  public init(
    now: @escaping @Sendable () -> Instant,
    sleep: @escaping @Sendable (_ milliseconds: Double) -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }
}
