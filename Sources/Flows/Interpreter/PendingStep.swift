internal import Values

/// A step that has begun and not ended.
struct PendingStep: Sendable {
  /// What the step is waiting for.
  enum Phase: Sendable {
    /// Nothing yet.
    case starting
    /// An answer for an ambient card.
    case ambient(AmbientFunction, CardCall, answers: [Value])
    /// The passing of time.
    case waiting
    /// A connector's answer.
    case connector
    /// The end of a callee.
    case call
    /// The end of the body of an If Error.
    case tryBody
    /// The end of the body for errors, or of a body of an If/ElseIf.
    case lastBody
    /// The end of the callee for the current item.
    case iteration(Iteration)
    /// The end of the flow that is told about the error.
    case errorFlow(RaisedError)
  }

  let card: CompiledCard
  let ordinal: Int
  var inputs: [Value]
  var arguments = Object()
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

  /// The value of the input with a name, null where the card has none.
  func input(_ name: FieldName) -> Value {
    guard let place = card.input(name), inputs.indices.contains(place) else { return .null }
    return inputs[place]
  }
}

/// The state of a card that calls a flow for each item.
struct Iteration: Sendable {
  /// What becomes of the callees' results.
  enum Mode: Sendable {
    case each
    case eachIgnoringErrors
    case map
    case filter
    case reduce
    /// The records of a connector's answer; the outputs stand already.
    case stream(outputs: [Value], state: Value)
  }

  let plan: IterationPlan
  let mode: Mode
  let items: [Value]
  var next = 0
  var results: [Value] = []
  var memo = Value.null
  /// The name of the field that the memo was returned in, where it was alone.
  var memoField: Text?
  /// What keeps a filter from knowing which items it keeps.
  var unknown: Unknown?

  init(plan: IterationPlan, mode: Mode, items: [Value]) {
    self.plan = plan
    self.mode = mode
    self.items = items
  }
}
