internal import Values

/// Running again without secrets: what was computed from them comes from a recording.
///
/// Values that were computed from secrets stand in slots as the texts that recordings have in their place. They
/// go over wires as they are, so that inputs and requests are compared with those recorded, digest by digest.
extension Interpreter {
  /// Runs a card that a secret comes into or out of.
  mutating func runCovered(_ card: CompiledCard, _ own: CardTaint, ordinal: Int) {
    if case .head = card.structure {
      runCoveredHead(card, own, ordinal: ordinal)
      return
    }
    let path = frame.scope.path(of: card.uuid)
    var pending = PendingStep(card: card, ordinal: ordinal, inputs: [])
    do throws(CardError) {
      let arguments = try coveredArguments(of: card)
      pending = PendingStep(card: card, ordinal: ordinal, inputs: try coveredInputs(of: card))
      pending.arguments = arguments
    } catch {
      fail(pending, recordedStep(of: pending, at: path)?.error ?? error)
      return
    }
    let step = recordedStep(of: pending, at: path)
    if let step, step.inputs.isEmpty, !card.inputs.isEmpty, let error = step.error {
      // A conversion failed, so the card did not begin.
      fail(PendingStep(card: card, ordinal: ordinal, inputs: []), error)
      return
    }
    run(pending, own, step)
  }

  private mutating func run(_ pending: PendingStep, _ own: CardTaint, _ step: CoveredStep?) {
    switch pending.card.structure {
    case .connector: ask(pending.card, ordinal: pending.ordinal, pending.inputs)
    case .call, .tryCatch: runControl(of: handingOn(pending, as: step))
    case .iteration(let plan) where own.hasSecretItems:
      iterate(plan, handingOn(pending, as: step), step)
    case .iteration: runControl(of: handingOn(pending, as: step))
    case .branch where !pending.isDecidedBySecret:
      runControl(of: handingOn(pending, as: step))
    case .branch(let conditions, let otherwise):
      guard let step else { return askCovered(pending) }
      if let error = step.error { return fail(pending, error) }
      let bodies = conditions.map(\.body) + [otherwise].compactMap { $0 }
      if let body = bodies.first(where: { $0.arm == step.arm }) {
        enter(body, handingOn(pending, as: step), phase: .lastBody)
      } else {
        finishInline(pending, with: nil)
      }
    case .head, .plain, .arms, .join:
      guard let step else { return askCovered(pending) }
      end(pending, as: step)
    }
  }

  private mutating func runControl(of pending: PendingStep) {
    guard let number = pending.card.function, let function = functions[number],
      case .control(let kind) = function.card.behaviour
    else { return askCovered(pending) }
    runControl(kind, pending)
  }

  private mutating func runCoveredHead(_ card: CompiledCard, _ own: CardTaint, ordinal: Int) {
    let path = frame.scope.path(of: card.uuid)
    var values = frame.headValues
    let inputs = card.headOutputs.map { output in output.map { values[$0] } ?? .null }
    let pending = PendingStep(card: card, ordinal: ordinal, inputs: inputs)
    let isRecorded = values.contains(SecretReference.recorded)
    if let step = recordedStep(of: pending, at: path, whateverItWasGiven: isRecorded) {
      for (place, name) in card.outputNames.names.enumerated() where own.outputs[place] != nil {
        values[place] = step.outputs[name] ?? .null
      }
    } else {
      // A part of what stands for a secret is nothing that anybody knows.
      for place in values.indices where own.outputs[place] != nil && !values[place].isKnownSecret {
        values[place] = .unknown(Unknown(requests: []))
        mayHoldUnknowns = true
      }
    }
    let shown = card.headOutputs.map { output in output.map { values[$0] } ?? .null }
    finish(PendingStep(card: card, ordinal: ordinal, inputs: shown), outputs: values)
  }

  /// Ends a step as the recording has it.
  private mutating func end(_ pending: PendingStep, as step: CoveredStep) {
    if let error = step.error { return fail(pending, error) }
    let outputs = pending.card.outputNames.names.map { step.outputs[$0] ?? .null }
    if case .arms(let arms) = pending.card.structure {
      return chooseArm(arms, outputs: outputs, pending)
    }
    let isReturn = ["control:return", "control:returnRaw"].contains(pending.card.address)
    if isReturn {
      return endReturn(pending, outputs)
    }
    finish(pending, outputs: outputs, status: step.status)
    if step.status == .stopped {
      endFrame(.stopped(message: pending.input(FormatNames.stopMessage)))
    }
  }

  private mutating func endReturn(_ pending: PendingStep, _ outputs: [Value]) {
    let result = pending.card.signature.nested(outputs)
    answerReturn(result, isRaw: pending.card.address == "control:returnRaw")
    finish(pending, outputs: outputs)
    endFrame(.ended(result))
  }

  /// Goes through as many items as were recorded; what they were is not known.
  private mutating func iterate(
    _ plan: IterationPlan,
    _ pending: PendingStep,
    _ step: CoveredStep?
  ) {
    guard let step else { return askCovered(pending) }
    if step.callCount == 0, let error = step.error { return fail(pending, error) }
    let mode: Iteration.Mode =
      switch pending.card.address {
      case "list:asyncEach": .eachIgnoringErrors
      case "list:map", "object:map": .map
      case "list:filter": .filter
      case "list:reduce": .reduce
      default: .each
      }
    let items = Array(repeating: SecretReference.recorded, count: step.callCount)
    var iteration = Iteration(plan: plan, mode: mode, items: items)
    if let memo = plan.memo { iteration.memo = pending.inputs[memo] }
    begin(iteration, pending)
  }

  /// The outputs of a card that ends after what it called: those behind a secret as they were recorded.
  func recordedOutputs(
    of pending: borrowing PendingStep,
    _ outputs: [Value],
    _ status: StepStatus
  ) -> [Value] {
    guard let taint = program.taint, taint.isReplaying, status == .succeeded,
      let own = taint[pending.card], own.outputs.contains(where: { $0 != nil })
    else { return outputs }
    if case .head = pending.card.structure { return outputs }
    let path = frame.scope.path(of: pending.card.uuid)
    guard let step = recordedStep(of: pending, at: path) else { return outputs }
    return outputs.indices.map { place in
      own.outputs[place] == nil
        ? outputs[place] : step.outputs[pending.card.outputNames.names[place]] ?? .null
    }
  }

  private func recordedStep(
    of pending: PendingStep,
    at path: Text,
    whateverItWasGiven: Bool = false
  ) -> CoveredStep? {
    let pending = covered(pending)
    return covered.find(
      CoveredSteps.Place(
        path: path,
        ordinal: pending.ordinal,
        inputs: whateverItWasGiven ? nil : pending.card.inputNames.object(pending.inputs),
        arguments: pending.arguments
      )
    )
  }
}

// MARK: - Inputs

extension Interpreter {
  /// The inputs, those behind a secret as their sources gave them.
  private func coveredInputs(of card: CompiledCard) throws(CardError) -> [Value] {
    var values: [Value] = []
    for source in card.inputs { values.append(try coveredValue(of: source)) }
    return values
  }

  private func coveredArguments(of card: CompiledCard) throws(CardError) -> Object {
    var object = Object()
    guard case .iteration(let plan) = card.structure else { return object }
    for argument in plan.callee.arguments {
      guard case .fixed(let source) = argument.source else { continue }
      object[argument.key] = try coveredValue(of: source)
    }
    return object
  }

  /// A call that was recorded with the same inputs: what it handed on then is what it hands on.
  private func handingOn(_ pending: PendingStep, as step: CoveredStep?) -> PendingStep {
    guard step != nil, let taint = program.taint else { return pending }
    var pending = pending
    for (place, source) in pending.card.inputs.enumerated()
    where isSecret(source, pending.card.secrets?.inputs[place], taint) {
      pending.inputs[place] = SecretReference.recorded
    }
    guard case .iteration(let plan) = pending.card.structure else { return pending }
    for argument in plan.callee.arguments {
      guard case .fixed(let source) = argument.source,
        isSecret(source, pending.card.secrets?.arguments[argument.key], taint)
      else { continue }
      pending.arguments[argument.key] = SecretReference.recorded
    }
    return pending
  }

  private func coveredValue(of source: InputSource) throws(CardError) -> Value {
    var wire: InputWire?
    switch source {
    case .constant: break
    case .wire(let own): wire = own
    case .joined(let wires, _): wire = wires.last { frame.ran.contains($0.card) }
    }
    guard let wire, program.taint?.label(of: wire.slot, in: frame.body) != nil else {
      return try resolve(source)
    }
    return frame.slots[wire.slot]
  }

  /// A value read by a declared type; one that stands for a secret stays as it is.
  func read(_ value: Value, as type: DeclaredType) -> Value {
    if let taint = program.taint, taint.isReplaying,
      value.isKnownSecret || value == SecretReference.recorded
    {
      return value
    }
    return Coercion.read(value, as: type)
  }
}

extension PendingStep {
  /// Whether a condition of an *If/ElseIf* compares with a secret.
  fileprivate var isDecidedBySecret: Bool {
    zip(card.signature.inputs, inputs).contains { field, value in
      !field.name.isContext && value.holds(SecretReference.beginning)
    }
  }
}

extension Value {
  /// Whether it is the text that stands in recordings in place of a secret.
  fileprivate var isKnownSecret: Bool {
    if case .text(let text) = self { text.hasPrefix(SecretReference.beginning) } else { false }
  }
}

// MARK: - What nothing recorded tells

extension Interpreter {
  /// Asks what the card gave; only somebody who compares versions has to say that nobody knows.
  private mutating func askCovered(_ pending: PendingStep) {
    var pending = pending
    pending.phase = .covered
    let inputs = pending.card.inputNames.object(pending.inputs)
    ask(.covered(inputs: inputs), pending)
  }

  /// Goes on with an answer to ``askCovered(_:)``.
  mutating func takeCovered(_ answer: Answer, _ pending: PendingStep) {
    switch answer {
    case .failure(let error): fail(pending, error)
    case .value, .outputs: finish(pending, outputs: mirrored(pending).map { _ in .null })
    case .unknown(let unknown): end(pending, unknown)
    }
  }

  private mutating func end(_ pending: PendingStep, _ unknown: Unknown) {
    let outputs = pending.card.signature.outputs.map { _ in Value.unknown(unknown) }
    switch pending.card.structure {
    case .arms(let arms):
      // Without an output for the decision, none is known.
      guard pending.card.output(FormatNames.result) != nil else {
        return finishFrontier(pending, unknown)
      }
      chooseArm(arms, outputs: outputs, pending)
    case .branch, .iteration: finishFrontier(pending, unknown)
    default:
      switch pending.card.address {
      case "control:continueIf", "control:throwIf":
        finishFrontier(pending, unknown)
        endFrame(.hidden(unknown))
      case "control:return", "control:returnRaw": endReturn(pending, outputs)
      default: finish(pending, unknown: unknown, status: .unanswered)
      }
    }
  }
}
