internal import Values

/// The frame's card while it waits for a connector's answer.
///
/// It is all that is known of most steps that wait, and little to copy.
struct AskingStep: Sendable {
  let ordinal: Int
  let inputs: [Value]
  /// How often the card's service was asked.
  var attempts = 1
}

/// A step that has begun and not ended.
struct PendingStep: Sendable {
  /// What the step is waiting for.
  enum Phase: Sendable {
    /// Nothing yet.
    case starting
    /// An answer for an ambient card.
    indirect case ambient(AmbientFunction, CardCall, answers: [Value])
    /// The passing of time.
    case waiting
    /// The end of a callee.
    case call
    /// The end of the body of an If Error.
    case tryBody
    /// The end of the body for errors, or of a body of an If/ElseIf.
    case lastBody
    /// The end of the callee for the current item of the frame's loop.
    case iteration
    /// What the recording of the step tells, which has no such step.
    case covered
    /// The end of the flow that is told about the error.
    indirect case errorFlow(RaisedError)
  }

  let card: CompiledCard
  let ordinal: Int
  var inputs: [Value]
  var arguments = Object()
  /// How often the card's service was asked.
  var attempts = 0
  /// What the card asked of its surroundings.
  var requests: [EffectRequest] = []
  var callees: [Text] = []
  var phase = Phase.starting

  init(card: CompiledCard, ordinal: Int, inputs: [Value]) {
    self.card = card
    self.ordinal = ordinal
    self.inputs = inputs
  }

  /// What the step was waiting for; it waits for nothing then.
  mutating func takePhase() -> Phase {
    var taken = Phase.starting
    swap(&taken, &phase)
    return taken
  }

  /// The value of the input with a group and key, null where the card has none.
  func input(_ group: Text, _ key: Text) -> Value { input(FieldName(group: group, key: key)) }

  /// The value of the input with a name, null where the card has none.
  func input(_ name: FieldName) -> Value {
    guard let place = card.input(name), inputs.indices.contains(place) else { return .null }
    return inputs[place]
  }
}
