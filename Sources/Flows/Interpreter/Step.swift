public import Values

/// One card as it ran.
///
/// Comments and the cards of arms that were not taken are no steps. Steps are reported when they
/// end; ``ordinal`` is the order in which they began, so containers sort before what is in them.
public struct Step: Sendable {
  /// The place in the order in which the steps of the run began, from 0.
  public let ordinal: Int
  /// The execution that the step belongs to.
  public let execution: Text
  /// The card.
  public let card: CompiledCard
  /// How the step ended.
  public let status: StepStatus
  /// The inputs, one for each of the card's; empty where a wire's conversion failed.
  public let inputs: [Value]
  /// The arguments that a list card passes with every call, by key.
  public let arguments: Object
  /// The outputs, one for each of the card's; empty where the step failed.
  public let outputs: [Value]
  /// The error of a failed step.
  public let error: RaisedError?
  /// What the step asked of the world, in order; repeated attempts included.
  public let requests: [EffectRequest]
  /// The ids of the executions that the step started, in order.
  public let callees: [Text]

  let pathPrefix: Text
}

extension Step {
  /// The chain of call sites from the root execution to the card, such as `loop[3]/try:error/mail`.
  public var path: Text { Text(wtf8: pathPrefix.bytes + card.uuid.bytes) }

  /// The inputs by name as histories show them: `group/key`, and `argument/key` for what a list
  /// card passes with every call.
  public var namedInputs: Object {
    var object = Object()
    for (field, value) in zip(card.signature.inputs, inputs) { object[field.name.text] = value }
    for (key, value) in arguments {
      object[FieldName(group: "argument", key: key).text] = value
    }
    return object
  }

  /// The outputs by name as histories show them.
  public var namedOutputs: Object {
    var object = Object()
    for (field, value) in zip(card.signature.outputs, outputs) { object[field.name.text] = value }
    return object
  }
}
