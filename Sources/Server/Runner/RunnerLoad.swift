/// What a runner has to do.
struct RunnerLoad: Hashable, Sendable {
  /// Whether it has been told to wait.
  let isPaused: Bool
  /// How many events are not known to have started what they start.
  let backlog: UInt64
  /// How much it works on now.
  let running: Int
}
