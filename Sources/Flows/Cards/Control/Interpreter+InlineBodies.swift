internal import Values

extension Interpreter {
  mutating func runTryCatch(_ pending: PendingStep) {
    guard case .tryCatch(let body, _) = pending.card.structure else {
      finish(pending, outputs: mirrored(pending))
      return
    }
    enter(body, pending, phase: .tryBody)
  }

  /// Runs a body inside the card, as part of the card's execution.
  mutating func enter(
    _ inline: InlineBody,
    _ pending: PendingStep,
    phase: PendingStep.Phase,
    error: RaisedError? = nil
  ) {
    var pending = pending
    pending.phase = phase
    frame.pending = pending
    let outer = frame.execution
    let body = program.bodies[inline.body]
    let context = CalleeContext(execution: outer, toldRootID: toldRootID, error: error)
    let headValues = zip(body.head, inline.captures).map { field, capture in
      if let capture { return pending.inputs[capture] }
      let isContext = field.name.isContext
      return Coercion.read(isContext ? context.value(of: field.name.key) : .null, as: field.type)
    }
    let name = pending.card.uuid.bytes + [UInt8(ascii: ":")] + inline.arm.bytes
    push(
      Frame(
        body: body,
        scope: Scope(
          outer,
          pathPrefix: Text(wtf8: frame.scope.pathPrefix.bytes + name + [UInt8(ascii: "/")])
        ),
        ownsExecution: false,
        headValues: headValues
      )
    )
  }

  mutating func endTryBody(_ pending: PendingStep, _ outcome: BodyOutcome) {
    guard case .failed(let error) = outcome,
      case .tryCatch(_, let handler) = pending.card.structure
    else {
      endInlineBody(pending, outcome)
      return
    }
    enter(handler, pending, phase: .lastBody, error: error)
  }

  /// Ends a container whose last body has ended.
  mutating func endInlineBody(_ pending: PendingStep, _ outcome: BodyOutcome) {
    switch outcome {
    case .ended(let result): finishInline(pending, with: result)
    case .stopped: finishInline(pending, with: nil)
    case .failed(let error): fail(pending, error)
    case .hidden(let unknown): finish(pending, unknown: unknown, status: .frontier)
    }
  }

  /// Ends a container with what its body returned, or with nothing.
  mutating func finishInline(_ pending: PendingStep, with result: Object?) {
    let outputs = pending.card.signature.outputs.map { result?.value(of: $0.name) ?? .null }
    finish(pending, outputs: adjusted(outputs, by: pending.card))
  }
}

extension Object {
  /// The member that a result has under an output's name: within its group, or on top.
  func value(of name: FieldName) -> Value? {
    guard let group = name.group else { return self[name.key] }
    guard case .object(let members)? = self[group] else { return nil }
    return members[name.key]
  }
}
