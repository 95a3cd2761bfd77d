public import Values

/// The one table of comparisons that all condition cards share.
///
/// Both operands have been read by their declared types before. Then the values decide: if either is
/// a number, both compare as numbers where both read as numbers; else the same with booleans, then
/// with dates; whenever one side does not read, both compare as text by code unit.
public enum Comparison {
  /// How a comparison came out.
  public enum Outcome: Hashable, Sendable {
    /// The comparison holds.
    case holds
    /// It does not hold.
    case fails
    /// Whether it holds depends on answers that nobody has.
    case unknown(Unknown)
  }

  /// Compares two values that have been read by their declared types.
  ///
  /// - Complexity: O(*n*) in the size of the values.
  public static func evaluate(
    _ left: Value,
    _ comparison: ComparisonOperator,
    _ right: Value
  ) -> Outcome {
    switch comparison {
    case .isEmpty: return isEmpty(left)
    case .isNotEmpty: return isEmpty(left).negated
    default: break
    }
    if case .unknown(let unknown) = left {
      return .unknown(unknown.joined(with: right))
    }
    if case .unknown(let unknown) = right { return .unknown(unknown) }
    return switch comparison {
    case .equal: areEqual(left, right)
    case .notEqual: areEqual(left, right).negated
    case .identical: areIdentical(left, right)
    case .notIdentical: areIdentical(left, right).negated
    case .less: ordered(left, right) { $0 < 0 }
    case .lessOrEqual: ordered(left, right) { $0 <= 0 }
    case .greater: ordered(left, right) { $0 > 0 }
    case .greaterOrEqual: ordered(left, right) { $0 >= 0 }
    case .multipleOf: isMultiple(left, of: right)
    case .isIn: isIn(left, right)
    case .notIn: isIn(left, right).negated
    case .has: has(left, key: right)
    case .hasNot: has(left, key: right).negated
    case .isEmpty, .isNotEmpty: .fails
    }
  }

  /// Compares an item of a list as *Find* and *Filter* do: where the item's value is null, the
  /// comparison text `null` means null.
  ///
  /// - Complexity: O(*n*) in the size of the values.
  public static func evaluate(
    item: Value,
    _ comparison: ComparisonOperator,
    _ right: Value
  ) -> Outcome {
    let comparesNull = comparison == .equal || comparison == .notEqual
    guard comparesNull, item.isNull, right == .text("null") else {
      return evaluate(item, comparison, right)
    }
    return evaluate(item, comparison, .null)
  }

  /// Compares the `left-operand` and `right-operand` of a condition by its `operator`.
  ///
  /// `group` is nil for every card but *If/ElseIf*, whose conditions stand in groups.
  ///
  /// - Throws: `CardError` where the operator is not one this engine knows.
  public static func condition(
    of call: CardCall,
    inGroup group: String? = nil
  ) throws(CardError) -> Outcome {
    evaluate(
      call.input("left-operand", group: group),
      try ComparisonOperator(reading: call.input("operator", group: group)),
      call.input("right-operand", group: group)
    )
  }
}

extension ComparisonOperator {
  /// Makes the operator that an input names, or refuses the input.
  init(reading value: Value) throws(CardError) {
    guard case .text(let name) = value, let found = ComparisonOperator(name: name) else {
      let name = Coercion.text(of: value) ?? "null"
      throw CardError.invalidInput("There is no operator \"\(name)\".")
    }
    self = found
  }
}

extension Comparison.Outcome {
  /// The outcome of a comparison of known values.
  init(_ holds: Bool) { self = holds ? .holds : .fails }

  /// The outcome of the opposite comparison.
  var negated: Comparison.Outcome {
    switch self {
    case .holds: .fails
    case .fails: .holds
    case .unknown: self
    }
  }

  /// The outcome where both must hold.
  func and(_ other: @autoclosure () -> Comparison.Outcome) -> Comparison.Outcome {
    switch self {
    case .fails: return .fails
    case .holds: return other()
    case .unknown(let unknown):
      switch other() {
      case .fails: return .fails
      case .holds: return self
      case .unknown(let more): return .unknown(unknown.union(more))
      }
    }
  }

  /// The outcome where one of both must hold.
  func or(_ other: @autoclosure () -> Comparison.Outcome) -> Comparison.Outcome {
    negated.and(other().negated).negated
  }
}

extension Unknown {
  fileprivate func joined(with value: Value) -> Unknown {
    if case .unknown(let other) = value { union(other) } else { self }
  }
}
