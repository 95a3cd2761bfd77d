internal import Values

extension Interpreter {
  private func condition(
    of pending: PendingStep,
    inGroup group: String? = nil
  ) throws(CardError) -> Comparison.Outcome {
    try Comparison.condition(
      of: CardCall(signature: pending.card.signature, inputs: pending.inputs),
      inGroup: group
    )
  }

  mutating func runIf(_ pending: PendingStep) {
    do throws(CardError) {
      var outputs = pending.card.signature.outputs.map { _ in Value.null }
      let decision: Value =
        switch try condition(of: pending) {
        case .holds: .boolean(true)
        case .fails: .boolean(false)
        case .unknown(let unknown): .unknown(unknown)
        }
      if let result = pending.card.output(FormatNames.result) { outputs[result] = decision }
      outputs = adjusted(outputs, by: pending.card)
      guard case .arms(let arms) = pending.card.structure else {
        finish(pending, outputs: outputs)
        return
      }
      if pending.card.output(FormatNames.result) == nil {
        choose(arms, decision, outputs: outputs, pending)
      } else {
        chooseArm(arms, outputs: outputs, pending)
      }
    } catch {
      fail(pending, error)
    }
  }

  /// Runs the arm that the card's output `result` names.
  mutating func chooseArm(_ arms: CardArms, outputs: [Value], _ pending: PendingStep) {
    let place = pending.card.output(FormatNames.result)
    let decision = place.flatMap { outputs.indices.contains($0) ? outputs[$0] : nil }
    choose(arms, decision ?? .boolean(false), outputs: outputs, pending)
  }

  private mutating func choose(
    _ arms: CardArms,
    _ decision: Value,
    outputs: [Value],
    _ pending: PendingStep
  ) {
    switch decision {
    case .boolean(true):
      finish(pending, outputs: outputs)
      frame.trueArms.append(arms)
    case .unknown(let unknown):
      finishFrontier(pending, unknown)
      frame.skippedJoin = SkippedJoin(position: arms.whenFalse.upperBound, unknown: unknown)
      frame.position = arms.whenFalse.upperBound
    default:
      finish(pending, outputs: outputs)
      frame.position = arms.whenFalse.lowerBound
    }
  }

  mutating func runJoin(_ pending: PendingStep) {
    if let skipped = frame.skippedJoin, skipped.position == frame.position {
      frame.skippedJoin = nil
      finish(pending, unknown: skipped.unknown, status: .frontier)
      return
    }
    var outputs = pending.card.signature.outputs.map { _ in Value.null }
    if case .join(let joins) = pending.card.structure {
      for join in joins { outputs[join.output] = pending.inputs[join.input] }
    }
    finish(pending, outputs: adjusted(outputs, by: pending.card))
  }

  mutating func runContinueIf(_ pending: PendingStep) {
    do throws(CardError) {
      let message = pending.input(FormatNames.stopMessage)
      var outputs = pending.card.signature.outputs.map { _ in Value.null }
      if let place = pending.card.output(FormatNames.message) { outputs[place] = message }
      outputs = adjusted(outputs, by: pending.card)
      switch try condition(of: pending) {
      case .holds: finish(pending, outputs: outputs)
      case .fails:
        finish(pending, outputs: outputs, status: .stopped)
        endFrame(.stopped(message: message))
      case .unknown(let unknown): endHidden(pending, unknown)
      }
    } catch {
      fail(pending, error)
    }
  }

  mutating func runThrowIf(_ pending: PendingStep) {
    do throws(CardError) {
      switch try condition(of: pending) {
      case .holds: fail(pending, authorsError(of: pending))
      case .fails: finish(pending, outputs: mirrored(pending))
      case .unknown(let unknown): endHidden(pending, unknown)
      }
    } catch {
      fail(pending, error)
    }
  }

  /// Ends the body, because whether it ends here is unknown.
  private mutating func endHidden(_ pending: PendingStep, _ unknown: Unknown) {
    finishFrontier(pending, unknown)
    endFrame(.hidden(unknown))
  }

  /// The error that an author's card raises; its own further fields travel along.
  func authorsError(of pending: PendingStep) -> CardError {
    var details = Object()
    for (field, value) in zip(pending.card.signature.inputs, pending.inputs)
    where field.name.group == nil && !FormatNames.errorInputs.contains(field.name) {
      details[field.name.key] = value
    }
    var statusCode = CardError.defaultStatusCode
    if case .number(let number) = Coercion.read(pending.input(FormatNames.statusCode), as: .number),
      number != 0
    {
      // Exports write a number that was left empty as 0.
      statusCode = number
    }
    var message = Text.empty
    switch pending.input(FormatNames.message) {
    case .text(let text): message = text
    case .null: break
    case let other: message = JSON.text(other)
    }
    return CardError(
      kind: .userError,
      message: message,
      statusCode: statusCode,
      details: details
    )
  }

  mutating func runBranch(_ pending: PendingStep) {
    guard case .branch(let conditions, let otherwise) = pending.card.structure else {
      finish(pending, outputs: mirrored(pending))
      return
    }
    do throws(CardError) {
      for conditional in conditions {
        switch try condition(of: pending, inGroup: conditional.group) {
        case .holds:
          enter(conditional.body, pending, phase: .lastBody)
          return
        case .fails: continue
        case .unknown(let unknown):
          finishFrontier(pending, unknown)
          return
        }
      }
      if let otherwise {
        enter(otherwise, pending, phase: .lastBody)
      } else {
        finishInline(pending, with: nil)
      }
    } catch {
      fail(pending, error)
    }
  }
}
