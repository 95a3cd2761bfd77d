public import Values

/// What a recording tells of a step whose values it does not hold: all that running it again without the
/// secrets needs.
public struct CoveredStep: Sendable {
  /// How the step ended.
  public let status: StepStatus
  /// The inputs by name, covered; empty where the step failed before it began.
  public let inputs: Object
  /// The outputs by name, covered.
  public let outputs: Object
  /// What the card itself failed with; nil where it did not fail, or what it called did.
  public let error: CardError?
  /// How many executions the step started.
  public let callCount: Int
  /// The arm of an *If/ElseIf* that ran, nil where none did.
  public let arm: Text?

  /// Makes a step.
  public init(
    status: StepStatus,
    inputs: Object,
    outputs: Object,
    error: CardError?,
    callCount: Int,
    arm: Text?
  ) {
    self.status = status
    self.inputs = inputs
    self.outputs = outputs
    self.error = error
    self.callCount = callCount
    self.arm = arm
  }
}
