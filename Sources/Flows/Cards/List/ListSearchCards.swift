internal import Values

/// The cards that look for items in lists by comparing them.
enum ListSearchCards {
  static let all: [FunctionCard] = [
    FunctionCard("list:findBy", tolerance: .members, pure: findBy),
    FunctionCard("list:filterBy", tolerance: .members, pure: filterBy),
    FunctionCard("list:includes", tolerance: .members, pure: includes),
    FunctionCard("list:sortBy", tolerance: .members, pure: sortBy),
  ]

  /// The first item for which the comparison holds, with its index; null and -1 without one.
  private static func findBy(_ call: inout CardCall) throws(CardError) {
    let test = try ItemTest(call)
    call.set("index", to: -1)
    for (index, item) in call.items("list").enumerated() {
      switch test.outcome(of: item) {
      case .fails: continue
      case .unknown(let unknown): call.setAll(to: .unknown(unknown))
      case .holds:
        call.set("item", to: item)
        call.set("index", to: .number(Double(index)))
      }
      return
    }
  }

  private static func filterBy(_ call: inout CardCall) throws(CardError) {
    let test = try ItemTest(call)
    var kept: [Value] = []
    var undecided: Unknown?
    for item in call.items("list") {
      switch test.outcome(of: item) {
      case .fails: continue
      case .unknown(let unknown): undecided = undecided.joined(unknown)
      case .holds: kept.append(item)
      }
    }
    call.set("list", to: undecided.map(Value.unknown) ?? .list(kept))
  }

  private static func includes(_ call: inout CardCall) throws(CardError) {
    let outcome = Comparison.isIn(call.input("value"), .list(call.items("list")))
    call.set("result", to: outcome.value)
  }

  /// The items in ascending order of the values at a path; equal ones keep their order, and null
  /// comes last.
  private static func sortBy(_ call: inout CardCall) throws(CardError) {
    let path = ObjectPath(call.input("path"))
    let items = call.items("list").map { (key: path.read(item: $0), item: $0) }
    let unknown = items.reduce(Unknown?.none) { $0.joined($1.key.containedUnknown) }
    if let unknown {
      call.set("sorted list", to: .unknown(unknown))
    } else {
      let sorted = StableSort.sorted(items) { Comparison.sortsBefore($0.key, $1.key) }
      call.set("sorted list", to: .list(sorted.map(\.item)))
    }
  }
}

/// The comparison of *Find* and *Filter*.
private struct ItemTest {
  let path: ObjectPath
  let comparison: ComparisonOperator
  let right: Value

  init(_ call: CardCall) throws(CardError) {
    path = ObjectPath(call.input("path"))
    comparison = try ComparisonOperator(reading: call.input("operator"))
    right = call.input("comparison")
  }

  func outcome(of item: Value) -> Comparison.Outcome {
    Comparison.evaluate(item: path.read(item: item), comparison, right)
  }
}

extension Comparison.Outcome {
  /// The outcome as a card's output.
  var value: Value {
    switch self {
    case .holds: true
    case .fails: false
    case .unknown(let unknown): .unknown(unknown)
    }
  }
}
