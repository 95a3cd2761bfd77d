internal import Values

/// What recordings see of values that were computed from secrets.
extension Interpreter {
  /// What a card must hide, nil for nearly all cards.
  private func taint(of card: CompiledCard) -> (own: CardTaint, taint: ProgramTaint)? {
    guard let taint = program.taint, let own = taint[card] else { return nil }
    return (own, taint)
  }

  /// Inputs and outputs as recordings have them.
  func shown(
    _ inputs: [Value],
    _ outputs: [Value],
    of card: CompiledCard
  ) -> (inputs: [Value], outputs: [Value]) {
    guard let (own, taint) = taint(of: card) else { return (inputs, outputs) }
    return (shownInputs(inputs, of: card, own, taint), shownOutputs(outputs, own, taint))
  }

  /// The inputs of a request as recordings have them.
  func shown(_ inputs: [Value], of card: CompiledCard) -> [Value] {
    guard let (own, taint) = taint(of: card) else { return inputs }
    return shownInputs(inputs, of: card, own, taint)
  }

  private func shownOutputs(
    _ outputs: [Value],
    _ own: CardTaint,
    _ taint: ProgramTaint
  ) -> [Value] {
    if outputs.isEmpty { return outputs }
    return zip(outputs, own.outputs).map { taint.cover($0, $1) }
  }

  /// A wire's input stands for what its source gave, before any conversion, so that it follows from the source
  /// in a run without secrets too.
  private func shownInputs(
    _ inputs: [Value],
    of card: CompiledCard,
    _ own: CardTaint,
    _ taint: ProgramTaint
  ) -> [Value] {
    if inputs.isEmpty { return inputs }
    if case .head = card.structure {
      return zip(inputs, card.headOutputs).map { value, output in
        taint.cover(value, output.flatMap { own.outputs[$0] })
      }
    }
    return card.inputs.indices.map { place in
      shown(inputs[place], from: card.inputs[place], card.secrets?.inputs[place], taint)
    }
  }

  private func shown(
    _ value: Value,
    from source: InputSource,
    _ constant: SecretConstant?,
    _ taint: ProgramTaint
  ) -> Value {
    var wire: InputWire?
    switch source {
    case .constant: break
    case .wire(let own): wire = own
    case .joined(let wires, _): wire = wires.last { frame.ran.contains($0.card) }
    }
    guard let wire else { return constant?.shown ?? value }
    guard let label = taint.label(of: wire.slot, in: frame.body) else { return value }
    return taint.cover(frame.slots[wire.slot], label)
  }

  /// A step with inputs and arguments as recordings have them; as it is in a flow without secrets.
  func covered(_ pending: borrowing PendingStep) -> PendingStep {
    guard let (own, taint) = taint(of: pending.card) else { return copy pending }
    var covered = copy pending
    covered.inputs = shownInputs(pending.inputs, of: pending.card, own, taint)
    guard case .iteration(let plan) = pending.card.structure else { return covered }
    for argument in plan.callee.arguments {
      guard case .fixed(let source) = argument.source, let value = pending.arguments[argument.key]
      else { continue }
      covered.arguments[argument.key] = shown(
        value,
        from: source,
        pending.card.secrets?.arguments[argument.key],
        taint
      )
    }
    return covered
  }

  /// The head's values of a body as recordings have them.
  func shownHead(of frame: borrowing Frame) -> [Value] {
    guard let head = frame.body.cards.first, let (own, taint) = taint(of: head),
      case .head = head.structure
    else { return frame.headValues }
    return shownOutputs(frame.headValues, own, taint)
  }

  /// What a body returns, as recordings have it.
  func shown(result: Object, of frame: borrowing Frame) -> Value {
    guard let last = frame.last, let (own, taint) = taint(of: frame.body.cards[last]) else {
      return .object(result)
    }
    let card = frame.body.cards[last]
    return .object(
      card.signature.nested(shownOutputs(Array(frame.slots[card.slots]), own, taint))
    )
  }

  /// What a *Return* card returns, as recordings have it.
  func shown(result: Object, of pending: PendingStep) -> Object {
    guard let (own, taint) = taint(of: pending.card) else { return result }
    return pending.card.signature.nested(shownOutputs(mirrored(pending), own, taint))
  }

  /// What a *Continue If* said, as recordings have it.
  func shown(message: Value, of frame: borrowing Frame) -> Value {
    guard let taint = program.taint, let last = frame.last,
      let place = frame.body.cards[last].input(FormatNames.stopMessage)
    else { return message }
    let card = frame.body.cards[last]
    var wire: InputWire?
    switch card.inputs[place] {
    case .constant: return card.secrets?.inputs[place]?.shown ?? message
    case .wire(let own): wire = own
    case .joined(let wires, _): wire = wires.last
    }
    guard let wire, let label = taint.label(of: wire.slot, in: frame.body) else { return message }
    return taint.cover(frame.slots[wire.slot], label)
  }

  /// The error of a card that was given a secret; its message could hold it, and flows read messages.
  func covered(_ error: CardError, of pending: PendingStep) -> CardError {
    guard let (own, taint) = taint(of: pending.card), !own.asksService else { return error }
    return CardError(
      kind: error.kind,
      message: "The card failed on a secret value, so its message is not kept.",
      statusCode: choosesStatus(pending, taint) ? CardError.defaultStatusCode : error.statusCode
    )
  }

  /// Whether a card raises an error whose status code is a secret.
  private func choosesStatus(_ pending: PendingStep, _ taint: ProgramTaint) -> Bool {
    guard let place = pending.card.input(FormatNames.statusCode),
      pending.card.inputs.indices.contains(place)
    else { return false }
    return isSecret(pending.card.inputs[place], pending.card.secrets?.inputs[place], taint)
  }

  /// Whether what an input is given was computed from secrets.
  func isSecret(
    _ source: InputSource,
    _ constant: SecretConstant?,
    _ taint: ProgramTaint
  ) -> Bool {
    switch source {
    case .constant: constant != nil
    case .wire(let wire): taint.label(of: wire.slot, in: frame.body) != nil
    case .joined(let wires, _):
      constant != nil || wires.contains { taint.label(of: $0.slot, in: frame.body) != nil }
    }
  }

  /// A request whose recording has the names of secrets in place of them.
  func coveredRequest(
    of card: CompiledCard,
    _ inputs: [Value],
    ordinal: Int,
    attempt: Int
  ) -> EffectRequest {
    EffectRequest(
      scope: frame.scope,
      content: .connector(card, inputs: shown(inputs, of: card)),
      ordinal: ordinal,
      attempt: attempt,
      cover: cover(of: card, inputs)
    )
  }

  /// What of a request to a connector must not be recorded, nil for nearly all.
  private func cover(of card: CompiledCard, _ inputs: [Value]) -> RequestCover? {
    guard let (own, taint) = hidingTaint(of: card) else { return nil }
    // Tables are in the log, and so is the reply to the caller of an API endpoint.
    if card.plan.method.connector == "stash" || card.plan.method == .close { return nil }
    return RequestCover(sent: ConnectorRequest(of: card, inputs: inputs), own, taint)
  }

  /// What of a request to the surroundings must not be recorded, nil for nearly all.
  func cover(of request: AmbientRequest, by card: CompiledCard) -> RequestCover? {
    guard let (own, taint) = hidingTaint(of: card) else { return nil }
    return RequestCover(request, own, taint)
  }

  private func hidingTaint(of card: CompiledCard) -> (own: CardTaint, taint: ProgramTaint)? {
    guard let (own, taint) = taint(of: card), !taint.isReplaying, !own.label.isEmpty else {
      return nil
    }
    return (own, taint)
  }
}
