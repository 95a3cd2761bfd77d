public import Flows
public import Values

/// What is known of a run before its first step: the beginning of its root execution.
public struct RecordingHeader: Hashable, Sendable {
  /// The id of the root execution; the ids of all others follow from it.
  public let execution: Text
  /// The id of the flow that ran.
  public let flowID: Text
  /// The flow's name.
  public let flowName: Text
  /// The hash of the flow's closure, as hexadecimal digits; see `FlowVersion`.
  public let hash: Text
  /// The number of that version of the flow, nil where the flow is not registered.
  public let version: Int?
  /// The engine that ran it; see `Interpreter.engineVersion`.
  public let engine: Text
  /// Where the execution comes from.
  public let mode: ExecutionMode
  /// Who started it, as claimed.
  public let actor: Text?
  /// The event that started it, nil for a run by hand.
  public let cause: RecordedCause?
  /// The failed execution that this run repairs, nil for any other run.
  public let repairs: Text?
  /// What the flow is told is the id of its execution; nil where that is `execution`.
  ///
  /// A repair goes by the id of the failed execution, so that it asks for the same.
  public let knownAs: Text?
  /// What the flow was started with.
  public let input: Trigger
  /// What the hashes of long values are salted with.
  public let salt: [UInt8]
  /// Whether values are kept; where they are not, only their digests are.
  public let savesValues: Bool

  /// Makes a header.
  public init(
    execution: Text,
    version flow: FlowVersion,
    number: Int? = nil,
    engine: Text = Text(Interpreter.engineVersion),
    mode: ExecutionMode,
    actor: Text? = nil,
    cause: RecordedCause? = nil,
    repairs: Text? = nil,
    knownAs: Text? = nil,
    input: Trigger,
    salt: [UInt8] = [],
    savesValues: Bool = true
  ) {
    self.init(
      execution: execution,
      flowID: flow.flowID,
      flowName: flow.name,
      hash: flow.hash,
      version: number,
      engine: engine,
      mode: mode,
      actor: actor,
      cause: cause,
      repairs: repairs,
      knownAs: knownAs,
      input: input,
      salt: salt,
      savesValues: savesValues
    )
  }

  /// Makes a header of its parts.
  public init(
    execution: Text,
    flowID: Text,
    flowName: Text,
    hash: Text,
    version: Int? = nil,
    engine: Text,
    mode: ExecutionMode,
    actor: Text? = nil,
    cause: RecordedCause? = nil,
    repairs: Text? = nil,
    knownAs: Text? = nil,
    input: Trigger,
    salt: [UInt8] = [],
    savesValues: Bool = true
  ) {
    self.execution = execution
    self.flowID = flowID
    self.flowName = flowName
    self.hash = hash
    self.version = version
    self.engine = engine
    self.mode = mode
    self.actor = actor
    self.cause = cause
    self.repairs = repairs
    self.knownAs = knownAs
    self.input = input
    self.salt = salt
    self.savesValues = savesValues
  }
}
