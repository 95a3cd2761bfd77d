internal import Values

// What becomes of the results of the flows that cards call of which only Okta's pages tell.
extension Iteration {
  /// How many pages *Paginate* turns.
  private static let maximumPages = 5_000

  /// Whether no flow is to be called any more.
  var isOver: Bool {
    switch mode {
    case .find: !results.isEmpty || unknown != nil || next >= items.count
    case .pages(let path): next > 0 && (unknown != nil || path.find(in: memo) == nil)
    default: next >= items.count
    }
  }

  /// That the card has called as often as it may.
  var limitReached: CardError? {
    guard case .pages = mode, next >= Self.maximumPages else { return nil }
    return CardError.invalidInput("A card turns at most 5,000 pages.")
  }

  /// What the next call is about.
  var item: Value {
    if case .pages = mode { memo } else { items[next] }
  }

  /// Whether an unknown result leaves open what else is called.
  var hidesCalls: Bool {
    switch mode {
    case .find, .pages: true
    default: false
    }
  }

  /// What the card gives of all results.
  var gathered: Value {
    switch mode {
    case .unique:
      var seen: Set<Value> = []
      return .list(zip(items, results).filter { seen.insert($1).inserted }.map(\.0))
    case .sort:
      let sorted = StableSort.sorted(Array(zip(results, items))) {
        Comparison.sortsBefore($0.0, $1.0)
      }
      return .list(sorted.map(\.1))
    case .members:
      var object = Object()
      for case .list(let pair) in results where pair.count == 2 {
        object[pair[0].memberKey] = pair[1]
      }
      return .object(object)
    default: return .list(results)
    }
  }

  /// The outputs of *Find Custom*: the item and its place, null and -1 where there is none.
  func found(by pending: PendingStep) -> [Value] {
    var call = CardCall(signature: pending.card.signature, inputs: pending.inputs)
    call.setResults([
      "item": results.first ?? .null,
      "index": results.isEmpty ? -1 : .number(Double(next - 1)),
    ])
    return call.outputs
  }
}

extension Iteration {
  mutating func takeKey(_ key: Value) {
    unknown = unknown.joined(key.containedUnknown)
    results.append(key)
  }

  /// Takes a key and its value; a flow that gives no key leaves the member out.
  mutating func takeMember(_ outcome: BodyOutcome) {
    switch outcome {
    case .ended(let result):
      guard let key = result["key"], !key.isNull else { return }
      unknown = unknown.joined(key.containedUnknown)
      results.append([key, result["value"] ?? .null])
    case .hidden(let other): unknown = unknown.joined(other)
    case .stopped, .failed: break
    }
  }

  /// Takes what the next page is called with: the object that is the only field, else the fields.
  mutating func takePage(_ outcome: BodyOutcome) {
    switch outcome {
    case .ended(let result):
      switch result.first?.value {
      case .object(let object)? where result.count == 1: memo = .object(object)
      case .unknown(let other)? where result.count == 1: unknown = unknown.joined(other)
      default: memo = .object(result)
      }
    case .hidden(let other): unknown = unknown.joined(other)
    case .stopped, .failed: memo = .null
    }
    // What nobody knows may be what turning ends at.
    if case .pages(let path) = mode, case .unknown(let other)? = path.find(in: memo) {
      unknown = unknown.joined(other)
    }
  }
}
