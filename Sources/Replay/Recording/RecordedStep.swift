public import Flows
public import Values

/// A step of a recording: one card as it ran.
public struct RecordedStep: Hashable, Sendable {
  /// The place in the order in which the steps of the run began, from 0.
  public let ordinal: Int
  /// The execution that the step belongs to.
  public let execution: Text
  /// The chain of call sites from the root execution to the card.
  public let path: Text
  /// The card's id, unique in its body.
  public let card: Text
  /// What the card is: `control:if`, `okta:readUser`.
  public let address: Text
  /// The name that authors see.
  public let name: Text
  /// How the step ended.
  public let status: StepStatus
  /// The inputs by name, `group/key`.
  public let inputs: Object
  /// The arguments that a list card passes with every call, by key.
  public let arguments: Object
  /// The outputs by name; empty where the step failed.
  public let outputs: Object
  /// The error of a failed step.
  public let error: RecordedError?
  /// What the step asked of the world, in order; repeated attempts included.
  public let requests: [RecordedRequest]
  /// The ids of the executions that the step started, in order.
  public let callees: [Text]

  /// Makes a step.
  public init(
    ordinal: Int,
    execution: Text,
    path: Text,
    card: Text,
    address: Text,
    name: Text,
    status: StepStatus,
    inputs: Object = Object(),
    arguments: Object = Object(),
    outputs: Object = Object(),
    error: RecordedError? = nil,
    requests: [RecordedRequest] = [],
    callees: [Text] = []
  ) {
    self.ordinal = ordinal
    self.execution = execution
    self.path = path
    self.card = card
    self.address = address
    self.name = name
    self.status = status
    self.inputs = inputs
    self.arguments = arguments
    self.outputs = outputs
    self.error = error
    self.requests = requests
    self.callees = callees
  }

  /// The step that an interpreter reported, with the answers its requests had.
  public init(_ step: Step, requests: [RecordedRequest]) {
    self.init(
      ordinal: step.ordinal,
      execution: step.execution,
      path: step.path,
      card: step.card.uuid,
      address: step.card.address,
      name: step.card.name,
      status: step.status,
      inputs: step.card.inputNames.object(step.inputs),
      arguments: step.arguments,
      outputs: step.namedOutputs,
      error: step.error.map(RecordedError.init),
      requests: requests,
      callees: step.callees
    )
  }
}

extension RecordedStep {
  /// Whether the step asked a connector for something.
  public var isEffect: Bool { requests.contains { $0.method != nil } }

  /// Inputs and arguments together as histories show them: `group/key`, `argument/key`.
  public var shownInputs: Object {
    var shown = inputs
    for (key, value) in arguments {
      shown[FieldName(group: "argument", key: key).text] = value
    }
    return shown
  }
}
