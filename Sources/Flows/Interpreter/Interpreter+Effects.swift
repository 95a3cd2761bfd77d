internal import Values

extension Interpreter {
  /// Asks a connector for the first time; the step ends when the answer comes.
  mutating func ask(_ card: CompiledCard, ordinal: Int, _ inputs: consuming [Value]) {
    asked = request(of: card, inputs, ordinal: ordinal, attempt: 1)
    isWaiting = true
    frame.asking = AskingStep(ordinal: ordinal, inputs: inputs)
  }

  /// Asks a connector once more; the step ends when the answer comes.
  private mutating func askAgain(_ pending: PendingStep) {
    let step = AskingStep(
      ordinal: pending.ordinal,
      inputs: pending.inputs,
      attempts: pending.attempts + 1
    )
    asked = request(of: pending.card, step.inputs, ordinal: step.ordinal, attempt: step.attempts)
    isWaiting = true
    frame.asking = step
  }

  private func request(
    of card: CompiledCard,
    _ inputs: [Value],
    ordinal: Int,
    attempt: Int
  ) -> EffectRequest {
    if isTainted { return coveredRequest(of: card, inputs, ordinal: ordinal, attempt: attempt) }
    return EffectRequest(
      scope: frame.scope,
      content: .connector(card, inputs: inputs),
      ordinal: ordinal,
      attempt: attempt
    )
  }

  /// Asks the surroundings.
  mutating func ask(_ ask: AmbientRequest, _ pending: consuming PendingStep) {
    let request = EffectRequest(
      scope: frame.scope,
      content: .ambient(pending.card, ask),
      ordinal: pending.ordinal,
      attempt: 1,
      cover: isTainted ? cover(of: ask, by: pending.card) : nil
    )
    pending.requests.append(request)
    frame.pending = pending
    asked = request
    isWaiting = true
  }

  /// Hands an answer to the step that asked.
  mutating func take(_ answer: consuming Answer) {
    guard isRunning else { return }
    if let step = frame.asking.take() { return take(consume answer, consume step) }
    noteUnknowns(in: answer)
    guard var pending = frame.pending.take() else { return }
    switch pending.takePhase() {
    case .ambient(let function, let call, let answers):
      takeAmbient(answer, function, call, answers, pending)
    case .waiting:
      if case .failure(let error) = answer {
        fail(pending, error)
      } else {
        finish(pending, outputs: mirrored(pending))
      }
    case .covered: takeCovered(answer, pending)
    case .starting, .call, .tryBody, .lastBody, .iteration, .errorFlow: break
    }
  }

  /// Hands a connector's answer to the card that asked: most answers end its step, and so the short way.
  private mutating func take(_ answer: consuming Answer, _ step: consuming AskingStep) {
    let card = frame.cards[frame.position]
    guard card.endsWithOutputs, !isTainted else { return take(answer, step, of: card) }
    switch consume answer {
    case .outputs(let given):
      let values = given.outputs.values(of: card.outputNames.names)
      let outputs = card.function == nil ? values : adjusted(values, by: card)
      noteUnknowns(in: outputs)
      frame.leave(card, outputs: outputs)
      append(
        Step(
          ordinal: step.ordinal,
          card: card,
          status: .succeeded,
          inputs: step.inputs,
          outputs: outputs,
          scope: frame.scope,
          attempts: step.attempts,
          details: nil
        )
      )
    case let answer: take(answer, step, of: card)
    }
  }

  /// Hands an answer to a card that may ask again, fail, or begin something with it.
  private mutating func take(_ answer: Answer, _ step: AskingStep, of card: CompiledCard) {
    noteUnknowns(in: answer)
    var pending = PendingStep(card: card, ordinal: step.ordinal, inputs: step.inputs)
    pending.attempts = step.attempts
    takeConnector(answer, pending)
  }

  private mutating func noteUnknowns(in answer: Answer) {
    if !mayHoldUnknowns, answer.holdsUnknown { mayHoldUnknowns = true }
  }

  private mutating func noteUnknowns(in outputs: [Value]) {
    if mayHoldUnknowns { return }
    for place in outputs.indices where outputs[place].holdsUnknown { mayHoldUnknowns = true }
  }

  private mutating func takeConnector(_ answer: Answer, _ pending: PendingStep) {
    switch answer {
    case .failure(let error):
      // After a time-out nobody knows whether it was done, so it is not asked again.
      guard [429, 504].contains(error.statusCode), error.kind != .timeout,
        pending.attempts <= pending.card.retry.count
      else {
        fail(pending, error)
        return
      }
      askAgain(pending)
    case .unknown(let unknown):
      if case .connector(let plan) = pending.card.structure, plan.stream != nil {
        frame.hidden = frame.hidden.joined(unknown)
      }
      answerHTTP(pending)
      finish(pending, unknown: unknown, status: .unanswered)
    case .outputs(let answer): takeOutputs(answer, pending)
    case .value:
      fail(
        pending,
        CardError(kind: .other("Unknown Error"), message: "The answer is not a connector's.")
      )
    }
  }

  private mutating func takeOutputs(
    _ answer: ConnectorAnswer,
    _ pending: PendingStep
  ) {
    answerHTTP(pending)
    let card = pending.card
    var outputs = card.outputNames.values(in: answer.outputs)
    guard case .connector(let plan) = card.structure, let stream = plan.stream else {
      finish(pending, outputs: adjusted(outputs, by: card))
      return
    }
    for (place, field) in card.signature.outputs.enumerated()
    where field.name.key == FormatNames.recordsStreamed {
      outputs[place] = .number(Double(answer.records.count))
    }
    var state = Object()
    for field in stream.state { state[field.name] = pending.inputs[field.input] }
    begin(
      Iteration(
        plan: stream.loop,
        mode: .stream(outputs: outputs, state: .object(state)),
        items: answer.records
      ),
      pending
    )
  }

  /// The card that answers the caller of an API endpoint at once, while the flow goes on.
  private mutating func answerHTTP(_ pending: borrowing PendingStep) {
    guard case .connector(let plan) = pending.card.structure, plan.method == .close,
      response == nil
    else { return }
    let shown = isTainted ? covered(pending) : copy pending
    answerCaller(with: Self.closing(shown), plain: Self.closing(pending))
  }

  private static func closing(_ pending: borrowing PendingStep) -> HTTPAnswer {
    let status = pending.input("Response", "statusCode")
    return HTTPAnswer(
      statusCode: status.isNull ? 200 : status,
      headers: pending.input("Response", "headers"),
      body: pending.input("Response", "body")
    )
  }
}

extension Interpreter {
  /// Runs a card that needs the clock, random numbers or the zone database.
  mutating func runAmbient(
    _ function: AmbientFunction,
    of card: FunctionCard,
    _ pending: PendingStep
  ) {
    if let unknown = card.blockingUnknown(in: pending.inputs) {
      finish(pending, unknown: unknown, status: .blocked)
      return
    }
    let call = CardCall(signature: pending.card.signature, inputs: pending.inputs)
    continueAmbient(function, call, answers: [], pending)
  }

  private mutating func continueAmbient(
    _ function: AmbientFunction,
    _ call: CardCall,
    answers: [Value],
    _ pending: PendingStep
  ) {
    var pending = pending
    do throws(CardError) {
      if answers.count < AmbientFunction.maximumRequests,
        let request = try function.nextRequest(call, answers)
      {
        pending.phase = .ambient(function, call, answers: answers)
        ask(request, pending)
        return
      }
      var call = call
      try function.finish(&call, answers)
      finish(pending, outputs: adjusted(call.outputs, by: pending.card))
    } catch {
      fail(pending, error)
    }
  }

  private mutating func takeAmbient(
    _ answer: Answer,
    _ function: AmbientFunction,
    _ call: CardCall,
    _ answers: [Value],
    _ pending: PendingStep
  ) {
    switch answer {
    case .value(let value): continueAmbient(function, call, answers: answers + [value], pending)
    case .unknown(let unknown): finish(pending, unknown: unknown, status: .unanswered)
    case .failure(let error): fail(pending, error)
    case .outputs:
      fail(
        pending,
        CardError(kind: .other("Unknown Error"), message: "The answer is a connector's.")
      )
    }
  }

  /// *Wait For*: `delay` times `unit`, at most 30 days.
  mutating func runWait(_ pending: PendingStep) {
    var pending = pending
    let delay: Double
    switch pending.input("delay") {
    case .number(let number): delay = number
    case .null: delay = 0
    case .unknown(let unknown):
      finish(pending, unknown: unknown, status: .blocked)
      return
    default:
      fail(pending, CardError(kind: .invalidInput, message: "The delay is no number."))
      return
    }
    if case .unknown(let unknown) = pending.input("unit") {
      finish(pending, unknown: unknown, status: .blocked)
      return
    }
    let length: Double
    do throws(CardError) {
      length = try WaitUnit.milliseconds(of: pending.input("unit"))
    } catch {
      fail(pending, error)
      return
    }
    let milliseconds = max(0, delay) * length
    guard milliseconds <= WaitUnit.maximum else {
      fail(pending, CardError(kind: .invalidInput, message: "A flow waits at most 30 days."))
      return
    }
    pending.phase = .waiting
    ask(.wait(milliseconds: milliseconds), pending)
  }
}

/// The units of *Wait For*.
enum WaitUnit {
  /// 30 days.
  static let maximum: Double = 30 * 86_400_000

  /// How long a unit is, named in the singular or plural; an empty one is a second.
  ///
  /// - Throws: `CardError` for any other name.
  static func milliseconds(of unit: Value) throws(CardError) -> Double {
    let name = Coercion.text(of: unit)?.lowercased().description ?? ""
    switch name {
    case "", "second", "seconds": return 1_000
    case "minute", "minutes": return 60_000
    case "hour", "hours": return 3_600_000
    case "day", "days": return 86_400_000
    case "week", "weeks": return 7 * 86_400_000
    case "month", "months": return 30 * 86_400_000
    case "year", "years": return 365 * 86_400_000
    default: throw CardError.invalidInput("There is no unit of time \"\(name)\".")
    }
  }
}
