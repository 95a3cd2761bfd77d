internal import Values

extension Interpreter {
  /// How often *Repeat* may call.
  private static var maximumRepetitions: Double { 10_000 }

  mutating func iterate(_ pending: PendingStep, _ mode: Iteration.Mode) {
    guard case .iteration(let plan) = pending.card.structure else {
      failWithoutCallee(pending)
      return
    }
    switch plan.source.map({ pending.inputs[$0] }) ?? .null {
    case .list(let items): begin(plan, mode, items, pending)
    case .unknown(let unknown): skipLoop(mode, pending, unknown)
    case .null: begin(plan, mode, [], pending)
    case let other: begin(plan, mode, [other], pending)
    }
  }

  /// A loop that ignores its items' errors cannot hide how the run ends.
  private mutating func skipLoop(
    _ mode: Iteration.Mode,
    _ pending: PendingStep,
    _ unknown: Unknown
  ) {
    if case .eachIgnoringErrors = mode {
      finish(pending, unknown: unknown, status: .frontier)
    } else {
      finishFrontier(pending, unknown)
    }
  }

  mutating func iterateTimes(_ pending: PendingStep) {
    guard case .iteration(let plan) = pending.card.structure else {
      failWithoutCallee(pending)
      return
    }
    switch plan.source.map({ pending.inputs[$0] }) ?? .null {
    case .unknown(let unknown): finishFrontier(pending, unknown)
    case .null: begin(plan, .each, [], pending)
    case .number(let count) where count <= Self.maximumRepetitions:
      begin(plan, .each, Array(repeating: .null, count: Int(max(0, count))), pending)
    case .number:
      fail(
        pending,
        CardError(kind: .invalidInput, message: "A card repeats at most 10,000 times.")
      )
    default:
      fail(
        pending,
        CardError(kind: .invalidTypeConversion, message: "The count is no number.")
      )
    }
  }

  mutating func begin(
    _ plan: IterationPlan,
    _ mode: Iteration.Mode,
    _ items: [Value],
    _ pending: PendingStep,
    memo: Value? = nil
  ) {
    var iteration = Iteration(plan: plan, mode: mode, items: items)
    iteration.memo = memo ?? plan.memo.map { pending.inputs[$0] } ?? .null
    begin(iteration, pending)
  }

  /// Begins a loop; the frame keeps its state, so that it is never copied.
  mutating func begin(_ iteration: Iteration, _ pending: PendingStep) {
    frame.iteration = iteration
    startNextItem(pending)
  }

  /// Calls the flow for the next item, or ends the card after the last.
  private mutating func startNextItem(_ pending: consuming PendingStep) {
    guard let iteration = frame.iteration, !iteration.isOver else {
      if let ended = frame.iteration.take() { finishLoop(ended, pending) }
      return
    }
    if let error = iteration.limitReached {
      frame.iteration = nil
      fail(pending, error)
      return
    }
    let called: Frame
    do throws(CallObstacle) {
      called = try makeFrame(ofItemIn: iteration, pending)
    } catch {
      frame.iteration = nil
      meet(error, pending)
      return
    }
    pending.callees.append(called.execution.id)
    pending.phase = .iteration
    frame.pending = pending
    push(called)
  }

  private func makeFrame(
    ofItemIn iteration: Iteration,
    _ pending: borrowing PendingStep
  ) throws(CallObstacle) -> Frame {
    let item = iteration.item
    var values = ArgumentValues(
      inputs: pending.inputs,
      fixed: pending.arguments,
      item: item,
      spreads: iteration.plan.spreads
    )
    if isTainted { values.isItemRecorded = item == SecretReference.recorded }
    switch iteration.mode {
    case .stream(_, let state): values.given = [item, state]
    case .reduce: values.memo = iteration.memo
    case .each, .eachIgnoringErrors, .map, .filter, .find, .unique, .sort, .members, .pages: break
    }
    return try makeFrame(
      of: iteration.plan.callee,
      from: pending,
      values: values,
      site: .item(iteration.next)
    )
  }

  /// Takes the outcome of the current item.
  mutating func endItem(_ pending: consuming PendingStep, _ outcome: BodyOutcome) {
    if case .failed(let error) = outcome {
      guard let iteration = frame.iteration, iteration.ignoresErrors else {
        frame.iteration = nil
        fail(pending, error)
        return
      }
      if isOfEvents(iteration), frame.itemError == nil {
        frame.itemError = CaughtError(error)
      }
    }
    frame.iteration?.take(outcome)
    startNextItem(pending)
  }

  /// Whether the loop hands the events of the flow's own card to the flow proper.
  ///
  /// An export has what its author sees as the flow in such a loop behind the event card (flow format,
  /// section 0): where it fails, the flow has failed.
  private func isOfEvents(_ iteration: Iteration) -> Bool {
    guard outer.isEmpty, case .connectorEvent = program.trigger, iteration.ignoresErrors,
      case .inline = iteration.plan.callee.target
    else { return false }
    return true
  }

  private mutating func finishLoop(_ iteration: Iteration, _ pending: PendingStep) {
    if let unknown = iteration.unknown {
      if iteration.hidesCalls {
        finishFrontier(pending, unknown)
      } else {
        finish(pending, unknown: unknown, status: .frontier)
      }
      return
    }
    let card = pending.card
    switch iteration.mode {
    case .each, .eachIgnoringErrors:
      finish(pending, outputs: adjusted(card.signature.outputs.map { _ in .null }, by: card))
    case .find: finish(pending, outputs: adjusted(iteration.found(by: pending), by: card))
    case .map, .filter, .reduce, .unique, .sort, .members, .pages:
      let outputs = card.signature.outputs.map { field in
        field.name.group == nil ? iteration.value(as: field.type) : Value.null
      }
      finish(pending, outputs: adjusted(outputs, by: card))
    case .stream(let outputs, _): finish(pending, outputs: outputs)
    }
  }
}

extension Iteration {
  var ignoresErrors: Bool {
    if case .eachIgnoringErrors = mode { true } else { false }
  }

  /// What the card gives after the last item.
  ///
  /// A memo that is no object is one of a single field where an object is declared: a published pack
  /// says that its *Reduce* gives an object with the key `memo`.
  func value(as type: DeclaredType) -> Value {
    switch mode {
    case .reduce: break
    case .pages: return memo
    default: return gathered
    }
    guard case .object = type, let memoField else { return memo }
    switch memo {
    case .null, .object, .unknown: return memo
    default: return .object([memoField: memo])
    }
  }

  /// Takes the outcome of the current item, and goes on to the next.
  mutating func take(_ outcome: BodyOutcome) {
    next += 1
    switch mode {
    case .each, .eachIgnoringErrors, .stream: break
    case .map: results.append(element(outcome))
    case .filter, .find: keep(items[next - 1], outcome)
    case .reduce:
      memo = single(outcome)
      if case .ended(let result) = outcome, result.count == 1 { memoField = result.first?.key }
    case .unique, .sort: takeKey(single(outcome))
    case .members: takeMember(outcome)
    case .pages: takePage(outcome)
    }
  }

  /// An entry of a map: an object of the returned fields where objects are declared, else the value
  /// of the single field.
  private func element(_ outcome: BodyOutcome) -> Value {
    guard case .ended(let result) = outcome else { return single(outcome) }
    switch plan.itemType {
    case .object: return .object(result)
    case .schema(let schema) where result.keys.contains(where: schema.declares):
      return .object(result)
    default: return single(outcome)
    }
  }

  func single(_ outcome: BodyOutcome) -> Value {
    switch outcome {
    case .ended(let result):
      guard let first = result.first else { return .null }
      return result.count == 1 ? first.value : .object(result)
    case .hidden(let unknown): return .unknown(unknown)
    case .stopped, .failed: return .null
    }
  }

  private mutating func keep(_ item: Value, _ outcome: BodyOutcome) {
    switch outcome {
    case .ended(let result):
      switch Coercion.read(result.first?.value ?? .null, as: .boolean) {
      case .boolean(true): results.append(item)
      case .unknown(let other): unknown = unknown.joined(other)
      default: break
      }
    case .hidden(let other): unknown = unknown.joined(other)
    case .stopped, .failed: break
    }
  }
}
