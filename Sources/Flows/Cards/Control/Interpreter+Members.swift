internal import Values

extension Interpreter {
  /// Calls a flow for each member of an object: the items are pairs of key and value.
  ///
  /// *For Each* and *Map* take a list of objects too, *Map to List* does not.
  mutating func iterateMembers(_ pending: PendingStep, _ mode: Iteration.Mode) {
    guard case .iteration(let plan) = pending.card.structure else {
      failWithoutCallee(pending)
      return
    }
    let source = plan.source.map { pending.inputs[$0] } ?? .null
    switch (source, mode) {
    case (.unknown(let unknown), _): finishFrontier(pending, unknown)
    case (.null, _): begin(plan, mode, [], pending)
    case (.object(let object), _): begin(plan, mode, Self.pairs(object), pending)
    case (.list, .map): failWithoutObject(pending)
    case (.list(let objects), _):
      if let unknown = objects.first(where: \.isUnknown)?.containedUnknown {
        finishFrontier(pending, unknown)
        return
      }
      var items: [Value] = []
      for value in objects {
        guard case .object(let object) = value else { return failWithoutObject(pending) }
        items += Self.pairs(object)
      }
      begin(plan, mode, items, pending)
    default: failWithoutObject(pending)
    }
  }

  private static func pairs(_ object: Object) -> [Value] {
    object.map { ["key": .text($0.key), "value": $0.value] }
  }

  private mutating func failWithoutObject(_ pending: PendingStep) {
    fail(pending, CardError(kind: .invalidTypeConversion, message: "The input is no object."))
  }

  /// *Paginate*: calls a flow with an object, then with what it gave, until that has nothing at the
  /// path.
  mutating func iteratePages(_ pending: PendingStep) {
    guard case .iteration(let plan) = pending.card.structure else {
      failWithoutCallee(pending)
      return
    }
    let state = plan.source.map { pending.inputs[$0] } ?? .null
    let path = pending.input("path")
    if let unknown = path.containedUnknown { return finishFrontier(pending, unknown) }
    switch state {
    case .unknown(let unknown): finishFrontier(pending, unknown)
    case .object, .null: begin(plan, .pages(ObjectPath(path)), [], pending, memo: state)
    default: failWithoutObject(pending)
    }
  }
}
