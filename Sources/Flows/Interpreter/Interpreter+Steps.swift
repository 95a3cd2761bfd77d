internal import Values

extension Interpreter {
  /// Begins the card at the current place.
  mutating func execute(_ card: CompiledCard) {
    if card.isComment {
      frame.position += 1
      return
    }
    let ordinal = stepCount
    stepCount += 1
    if isBeyondLimits(ordinal), let limit = limitReached(by: ordinal) {
      abort(PendingStep(card: card, ordinal: ordinal, inputs: []), limit)
      return
    }
    if isTainted, let taint = program.taint, taint.isReplaying, let own = taint[card] {
      runCovered(card, own, ordinal: ordinal)
      return
    }
    if case .head = card.structure {
      runHead(card, ordinal: ordinal)
      return
    }
    let inputs: [Value]
    var arguments = Object()
    do throws(CardError) {
      inputs = try resolveInputs(of: card)
      if case .iteration(let plan) = card.structure { arguments = try resolveArguments(of: plan) }
    } catch {
      // The card has not started, so its step has no inputs.
      fail(PendingStep(card: card, ordinal: ordinal, inputs: []), error)
      return
    }
    if case .connector = card.structure, card.function == nil {
      ask(card, ordinal: ordinal, inputs)
      return
    }
    if let number = card.function, let function = functions[number], function.isPure {
      runPure(function, card, ordinal: ordinal, inputs)
      return
    }
    var pending = PendingStep(card: card, ordinal: ordinal, inputs: inputs)
    pending.arguments = arguments
    dispatch(pending)
  }

  private func isBeyondLimits(_ ordinal: Int) -> Bool {
    ordinal >= options.maximumSteps || executionCount > options.maximumExecutions
  }

  /// That the run has had as much as a run may have, nil where it has not.
  private func limitReached(by ordinal: Int) -> CardError? {
    let limit: String
    if ordinal >= options.maximumSteps {
      limit = "\(options.maximumSteps) steps"
    } else if executionCount > options.maximumExecutions {
      limit = "\(options.maximumExecutions) executions"
    } else {
      return nil
    }
    return CardError(
      kind: .timeout,
      message: Text("The run has had \(limit), as many as a run may have.")
    )
  }

  private mutating func dispatch(_ pending: consuming PendingStep) {
    guard let number = pending.card.function, let function = functions[number] else {
      abort(
        pending,
        CardError(
          kind: .unsupportedCard,
          message: Text("The card type \(pending.card.kind) is not supported.")
        )
      )
      return
    }
    switch function.card.behaviour {
    case .pure: break
    case .ambient(let ambient): runAmbient(ambient, of: function.card, pending)
    case .control(let kind): runControl(kind, pending)
    }
  }

  /// Runs a card whose outputs follow from its inputs: most cards, and so the short way.
  private mutating func runPure(
    _ function: LinkedFunction,
    _ card: CompiledCard,
    ordinal: Int,
    _ inputs: [Value]
  ) {
    var call = CardCall(signature: card.signature, inputs: inputs)
    let unknown = mayHoldUnknowns ? function.card.blockingUnknown(in: inputs) : nil
    do throws(CardError) {
      try function.card.run(&call, blockedBy: unknown)
    } catch {
      fail(PendingStep(card: card, ordinal: ordinal, inputs: inputs), error)
      return
    }
    if case .arms(let arms) = card.structure {
      chooseArm(
        arms,
        outputs: call.outputs,
        PendingStep(card: card, ordinal: ordinal, inputs: inputs)
      )
    } else {
      frame.leave(card, outputs: call.outputs)
      let status: StepStatus = unknown == nil ? .succeeded : .blocked
      record(card, ordinal: ordinal, status, inputs, call.outputs)
    }
  }

  private mutating func runHead(_ card: CompiledCard, ordinal: Int) {
    let values = frame.headValues
    let inputs = card.headOutputs.map { output in output.map { values[$0] } ?? .null }
    let outputs = adjusted(values, by: card)
    frame.leave(card, outputs: outputs)
    record(card, ordinal: ordinal, .succeeded, inputs, outputs)
  }
}

extension Interpreter {
  /// The outputs as a test wants them that replaced the card; as they are with the standard cards.
  func adjusted(_ outputs: [Value], by card: CompiledCard) -> [Value] {
    guard let number = card.function, let adjustment = functions[number]?.card.adjustment else {
      return outputs
    }
    var outputs = outputs
    adjustment(&outputs, card.signature.outputs)
    return outputs
  }

  /// Ends a step well and goes on to the next card.
  mutating func finish(
    _ pending: borrowing PendingStep,
    outputs: [Value],
    status: StepStatus = .succeeded
  ) {
    // A run without its secrets has the outputs that were computed from them from the recording.
    let outputs = isTainted ? recordedOutputs(of: pending, outputs, status) : outputs
    frame.pending = nil
    frame.leave(pending.card, outputs: outputs)
    report(pending, status: status, outputs: outputs, error: nil)
  }

  /// Ends a step whose outputs all depend on answers that nobody has.
  mutating func finish(_ pending: PendingStep, unknown: Unknown, status: StepStatus) {
    let outputs = pending.card.signature.outputs.map { _ in Value.unknown(unknown) }
    finish(pending, outputs: adjusted(outputs, by: pending.card), status: status)
  }

  /// Ends a step that needed an unknown value to know what runs; it hides how the run ends.
  mutating func finishFrontier(_ pending: PendingStep, _ unknown: Unknown) {
    frame.hidden = frame.hidden.joined(unknown)
    finish(pending, unknown: unknown, status: .frontier)
  }

  mutating func report(
    _ pending: borrowing PendingStep,
    status: StepStatus,
    outputs: [Value],
    error: RaisedError?
  ) {
    let details =
      isTainted
      ? StepDetails.of(covered(pending), error: error) : StepDetails.of(pending, error: error)
    record(
      pending.card,
      ordinal: pending.ordinal,
      status,
      pending.inputs,
      outputs,
      attempts: pending.attempts,
      details: details
    )
  }

  private mutating func record(
    _ card: CompiledCard,
    ordinal: Int,
    _ status: StepStatus,
    _ inputs: [Value],
    _ outputs: [Value],
    attempts: Int = 0,
    details: StepDetails? = nil
  ) {
    let (inputs, outputs) = isTainted ? shown(inputs, outputs, of: card) : (inputs, outputs)
    append(
      Step(
        ordinal: ordinal,
        card: card,
        status: status,
        inputs: inputs,
        outputs: outputs,
        scope: frame.scope,
        attempts: attempts,
        details: details
      )
    )
  }

  @inline(__always)
  mutating func append(_ step: consuming Step) {
    events.append(.step(step))
  }
}

extension Interpreter {
  private func resolveInputs(of card: CompiledCard) throws(CardError) -> [Value] {
    let count = card.reads.count
    if count == 0 { return [] }
    var values: [Value] = []
    values.reserveCapacity(count)
    for place in 0..<count {
      switch card.reads[place] {
      case .constant(let value): values.append(value)
      case .slot(let slot, let kind):
        if kind.matches(frame.slots[slot]) {
          values.append(frame.slots[slot])
        } else {
          values.append(
            Coercion.read(frame.slots[slot], as: card.signature.inputs[place].type)
          )
        }
      case .source: values.append(try resolve(card.inputs[place]))
      }
    }
    return values
  }

  /// The arguments of a list card that are the same for every item.
  private func resolveArguments(of plan: IterationPlan) throws(CardError) -> Object {
    var object = Object()
    for argument in plan.callee.arguments {
      guard case .fixed(let source) = argument.source else { continue }
      object[argument.key] = try resolve(source)
    }
    return object
  }

  func resolve(_ source: InputSource) throws(CardError) -> Value {
    switch source {
    case .constant(let value): return value
    case .wire(let wire): return try Self.read(wire, in: frame.slots)
    case .joined(let wires, let otherwise):
      let ran = frame.ran
      guard let wire = wires.last(where: { ran.contains($0.card) }) else { return otherwise }
      return try Self.read(wire, in: frame.slots)
    }
  }

  private static func read(_ wire: InputWire, in slots: [Value]) throws(CardError) -> Value {
    var value = slots[wire.slot]
    if let transform = wire.transform { value = try transform.apply(to: value) }
    return Coercion.read(value, as: wire.type)
  }
}
