internal import Values

/// Sorting that keeps the order of equal elements, as JavaScript's does.
enum StableSort {
  /// The elements in ascending order.
  ///
  /// - Complexity: O(*n* log *n*) comparisons.
  static func sorted<Element>(
    _ elements: [Element],
    by comesBefore: (Element, Element) -> Bool
  ) -> [Element] {
    elements.enumerated().sorted { left, right in
      if comesBefore(left.element, right.element) { return true }
      if comesBefore(right.element, left.element) { return false }
      return left.offset < right.offset
    }.map(\.element)
  }
}

extension Comparison {
  /// Whether a value comes before another in a sorted list: numbers by value and before everything
  /// else, then booleans, dates and texts by code unit, null last.
  ///
  /// Unlike the operators this is one order over all values, which sorting needs.
  static func sortsBefore(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): return left < right
    case (.boolean(let left), .boolean(let right)): return !left && right
    case (.date(let left), .date(let right)): return left < right
    default:
      let (first, second) = (rank(left), rank(right))
      guard first == second else { return first < second }
      return (Coercion.text(of: left) ?? .empty) < (Coercion.text(of: right) ?? .empty)
    }
  }

  private static func rank(_ value: Value) -> Int {
    switch value {
    case .number(let number): number.isNaN ? 4 : 0
    case .boolean: 1
    case .date: 2
    case .text, .list, .object, .file: 3
    case .null, .unknown: 4
    }
  }
}
