internal import Values

extension Interpreter {
  /// The innermost body; only asked while one is running.
  var top: Int { frames.count - 1 }

  /// Begins the card at the current place.
  mutating func execute(_ card: CompiledCard) {
    if card.isComment {
      frames[top].position += 1
      return
    }
    let ordinal = stepCount
    stepCount += 1
    var pending = PendingStep(card: card, ordinal: ordinal, inputs: [])
    guard ordinal < options.maximumSteps else {
      abort(pending)
      return
    }
    if case .head = card.structure {
      runHead(pending)
      return
    }
    do throws(CardError) {
      pending.inputs = try resolveInputs(of: card)
      pending.arguments = try resolveArguments(of: card)
    } catch {
      // The card has not started, so its step has no inputs.
      pending.inputs = []
      fail(pending, error)
      return
    }
    dispatch(pending)
  }

  private mutating func dispatch(_ pending: PendingStep) {
    let card = pending.card
    if case .connector(let plan) = card.structure {
      ask(plan, pending)
      return
    }
    guard let number = card.function, let function = functions[number] else {
      fail(
        pending,
        CardError(
          kind: .invalidFlow,
          message: Text("The card \(card.kind) is not one that this engine runs.")
        )
      )
      return
    }
    switch function.behaviour {
    case .pure: runPure(function, pending)
    case .ambient(let ambient): runAmbient(ambient, of: function, pending)
    case .control(let kind): runControl(kind, pending)
    }
  }

  private mutating func runPure(_ function: FunctionCard, _ pending: PendingStep) {
    let card = pending.card
    var call = CardCall(signature: card.signature, inputs: pending.inputs)
    do throws(CardError) {
      try function.run(&call)
    } catch {
      fail(pending, error)
      return
    }
    let blocked = function.blockingUnknown(in: pending.inputs) != nil
    if case .arms(let arms) = card.structure {
      chooseArm(arms, outputs: call.outputs, pending)
    } else {
      finish(pending, outputs: call.outputs, status: blocked ? .blocked : .succeeded)
    }
  }

  private mutating func runHead(_ pending: PendingStep) {
    var pending = pending
    let card = pending.card
    let values = frames[top].headValues
    pending.inputs = card.signature.inputs.map { field in
      card.output(field.name).map { values[$0] } ?? .null
    }
    finish(pending, outputs: adjusted(values, by: card))
  }
}

extension Interpreter {
  /// The outputs as a test wants them that replaced the card; as they are with the standard cards.
  func adjusted(_ outputs: [Value], by card: CompiledCard) -> [Value] {
    guard let number = card.function, let adjustment = functions[number]?.adjustment else {
      return outputs
    }
    var outputs = outputs
    adjustment(&outputs, card.signature.outputs)
    return outputs
  }

  /// Ends a step well and goes on to the next card.
  mutating func finish(
    _ pending: PendingStep,
    outputs: [Value],
    status: StepStatus = .succeeded
  ) {
    let card = pending.card
    let first = card.firstSlot
    for (offset, value) in outputs.enumerated() { frames[top].slots[first + offset] = value }
    let position = frames[top].position
    frames[top].ran[position] = true
    frames[top].last = position
    frames[top].position += 1
    frames[top].pending = nil
    report(pending, status: status, outputs: outputs, error: nil)
  }

  /// Ends a step whose outputs all depend on answers that nobody has.
  mutating func finish(_ pending: PendingStep, unknown: Unknown, status: StepStatus) {
    let outputs = pending.card.signature.outputs.map { _ in Value.unknown(unknown) }
    finish(pending, outputs: adjusted(outputs, by: pending.card), status: status)
  }

  /// Ends a step that needed an unknown value to know what runs; it hides how the run ends.
  mutating func finishFrontier(_ pending: PendingStep, _ unknown: Unknown) {
    frames[top].hidden = frames[top].hidden.joined(unknown)
    finish(pending, unknown: unknown, status: .frontier)
  }

  mutating func report(
    _ pending: PendingStep,
    status: StepStatus,
    outputs: [Value],
    error: RaisedError?
  ) {
    let frame = frames[top]
    events.append(
      .step(
        Step(
          ordinal: pending.ordinal,
          execution: frame.execution.id,
          card: pending.card,
          status: status,
          inputs: pending.inputs,
          arguments: pending.arguments,
          outputs: outputs,
          error: error,
          requests: pending.requests,
          callees: pending.callees,
          pathPrefix: frame.pathPrefix
        )
      )
    )
  }
}

extension Interpreter {
  private func resolveInputs(of card: CompiledCard) throws(CardError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(card.inputs.count)
    for source in card.inputs { values.append(try resolve(source)) }
    return values
  }

  /// The arguments of a list card that are the same for every item.
  private func resolveArguments(of card: CompiledCard) throws(CardError) -> Object {
    guard case .iteration(let plan) = card.structure else { return Object() }
    var object = Object()
    for argument in plan.callee.arguments {
      guard case .fixed(let source) = argument.source else { continue }
      object[argument.key] = try resolve(source)
    }
    return object
  }

  private func resolve(_ source: InputSource) throws(CardError) -> Value {
    switch source {
    case .constant(let value): return value
    case .wire(let wire): return try read(wire)
    case .joined(let wires, let otherwise):
      let frame = frames[top]
      guard let wire = wires.last(where: { frame.ran[$0.card] }) else { return otherwise }
      return try read(wire)
    }
  }

  private func read(_ wire: InputWire) throws(CardError) -> Value {
    var value = frames[top].slots[wire.slot]
    if let transform = wire.transform { value = try transform.apply(to: value) }
    return Coercion.read(value, as: wire.type)
  }
}
