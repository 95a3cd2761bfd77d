/// The limits of a run.
public struct RunOptions: Hashable, Sendable {
  /// How many executions may call each other in a chain; the next call fails with a card error.
  public let maximumDepth: Int
  /// How many steps a run may have; the next one ends it.
  public let maximumSteps: Int
  /// How many executions a run may have; the first step behind the last of them ends it.
  public let maximumExecutions: Int

  /// Makes limits.
  public init(
    maximumDepth: Int = 250,
    maximumSteps: Int = 2_000_000,
    maximumExecutions: Int = 50_000
  ) {
    self.maximumDepth = max(1, maximumDepth)
    self.maximumSteps = max(1, maximumSteps)
    self.maximumExecutions = max(1, maximumExecutions)
  }

  /// The limits of Okta's own engine where it documents them.
  public static let standard = RunOptions()
}
