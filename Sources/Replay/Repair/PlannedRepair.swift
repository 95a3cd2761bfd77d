public import Flows
public import Values

/// What the repair of one failed execution will do.
public struct PlannedRepair: Sendable {
  /// The failed execution.
  public let execution: Text
  /// Its effects, in the order in which they come.
  public var effects: [PlannedEffect]
  /// How the repair ends as far as anybody can know; nil where that depends on answers that nobody has.
  public let status: ExecutionStatus?
  /// What it ends with, where it fails.
  public let error: Text?

  /// Makes a planned repair.
  public init(
    execution: Text,
    effects: [PlannedEffect],
    status: ExecutionStatus?,
    error: Text? = nil
  ) {
    self.execution = execution
    self.effects = effects
    self.status = status
    self.error = error
  }

  /// Whether anything waits for a decision, or for somebody to look.
  public var isOpen: Bool { effects.contains(where: \.isOpen) }
}
