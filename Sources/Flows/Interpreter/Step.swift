public import Values

/// One card as it ran.
///
/// Comments and the cards of arms that were not taken are no steps. Steps are reported when they
/// end; ``ordinal`` is the order in which they began, so containers sort before what is in them.
public struct Step: Sendable {
  /// The place in the order in which the steps of the run began, from 0.
  public let ordinal: Int
  /// The card.
  public let card: CompiledCard
  /// How the step ended.
  public let status: StepStatus
  /// The inputs, one for each of the card's; empty where a wire's conversion failed.
  public let inputs: [Value]
  /// The outputs, one for each of the card's; empty where the step failed.
  public let outputs: [Value]

  let scope: Scope
  /// How often the card's service was asked.
  let attempts: Int
  /// What most steps have nothing of.
  let details: StepDetails?
}

/// The parts of a step that only cards have which fail, ask their surroundings or call.
final class StepDetails: Sendable {
  let arguments: Object
  let error: RaisedError?
  let requests: [EffectRequest]
  let callees: [Text]

  private init(
    arguments: Object,
    error: RaisedError?,
    requests: [EffectRequest],
    callees: [Text]
  ) {
    self.arguments = arguments
    self.error = error
    self.requests = requests
    self.callees = callees
  }

  /// What a step has of them, nil where it has none.
  static func of(_ pending: borrowing PendingStep, error: RaisedError?) -> StepDetails? {
    let isPlain = pending.arguments.isEmpty && pending.requests.isEmpty && pending.callees.isEmpty
    guard error != nil || !isPlain else { return nil }
    return StepDetails(
      arguments: pending.arguments,
      error: error,
      requests: pending.requests,
      callees: pending.callees
    )
  }
}

extension Step {
  /// The execution that the step belongs to.
  public var execution: Text { scope.execution.id }
  /// The arguments that a list card passes with every call, by key.
  public var arguments: Object { details?.arguments ?? Object() }
  /// The error of a failed step.
  public var error: RaisedError? { details?.error }
  /// The ids of the executions that the step started, in order.
  public var callees: [Text] { details?.callees ?? [] }

  /// What the step asked of the world, in order; repeated attempts included.
  ///
  /// - Complexity: O(*n*) in the number of the attempts.
  public var requests: [EffectRequest] {
    guard attempts > 0 else { return details?.requests ?? [] }
    return (1...attempts).map { attempt in
      EffectRequest(
        scope: scope,
        content: .connector(card, inputs: inputs),
        ordinal: ordinal,
        attempt: attempt
      )
    }
  }

  /// The chain of call sites from the root execution to the card, such as `loop[3]/try:error/mail`.
  public var path: Text { scope.path(of: card.uuid) }

  /// The inputs by name as histories show them: `group/key`, and `argument/key` for what a list
  /// card passes with every call.
  public var namedInputs: Object {
    var object = Object()
    for (name, value) in zip(card.inputNames.names, inputs) { object[name] = value }
    for (key, value) in arguments {
      object[FieldName(group: "argument", key: key).text] = value
    }
    return object
  }

  /// The outputs by name as histories show them.
  public var namedOutputs: Object {
    card.outputNames.object(outputs)
  }
}
