internal import Values

// What each operator means for two known values; lists and objects may still hold unknown members.
extension Comparison {
  static func isEmpty(_ value: Value) -> Outcome {
    switch value {
    case .null: .holds
    case .text(let text): Outcome(text.isEmpty)
    case .list(let items): Outcome(items.isEmpty)
    case .object(let object): Outcome(object.isEmpty)
    case .unknown(let unknown): .unknown(unknown)
    case .boolean, .number, .date, .file: .fails
    }
  }

  /// Loose equality: null and the empty text are one, and scalars convert.
  static func areEqual(_ left: Value, _ right: Value) -> Outcome {
    if left.isUnknown || right.isUnknown { return areIdentical(left, right) }
    if Coercion.isBlank(left), Coercion.isBlank(right) { return .holds }
    switch (left, right) {
    case (.list, .list), (.list, .object), (.object, .list), (.object, .object), (.file, .file):
      return areIdentical(left, right)
    default: return compare(left, right) { $0 == 0 }
    }
  }

  /// Equality of kind and value, however deep.
  static func areIdentical(_ left: Value, _ right: Value) -> Outcome {
    switch (left, right) {
    case (.unknown(let left), .unknown(let right)): return .unknown(left.union(right))
    case (.unknown(let unknown), _), (_, .unknown(let unknown)): return .unknown(unknown)
    case (.list(let left), .list(let right)):
      guard left.count == right.count else { return .fails }
      return zip(left, right).reduce(.holds) { $0.and(areIdentical($1.0, $1.1)) }
    case (.object(let left), .object(let right)):
      guard left.count == right.count else { return .fails }
      return left.reduce(.holds) { outcome, member in
        guard let other = right[member.key] else { return .fails }
        return outcome.and(areIdentical(member.value, other))
      }
    default: return Outcome(left == right)
    }
  }

  /// An order holds between values that are both there.
  static func ordered(_ left: Value, _ right: Value, _ holds: (Int) -> Bool) -> Outcome {
    if left.isNull || right.isNull { return .fails }
    return compare(left, right, holds)
  }

  /// Compares as numbers, booleans, dates or texts; `holds` is given -1, 0 or 1.
  private static func compare(_ left: Value, _ right: Value, _ holds: (Int) -> Bool) -> Outcome {
    if let unknown = left.containedUnknown.joined(right.containedUnknown) {
      return .unknown(unknown)
    }
    return Outcome(scalarOrder(left, right).map(holds) ?? holds(textOrder(left, right)))
  }

  /// The order as numbers, booleans or dates, as whichever comes first that either value is; nil
  /// where one of them does not read so.
  private static func scalarOrder(_ left: Value, _ right: Value) -> Int? {
    if left.isNumber || right.isNumber {
      guard let first = Coercion.number(of: left), let second = Coercion.number(of: right) else {
        return nil
      }
      return order(first, second)
    }
    if left.isBoolean || right.isBoolean {
      guard let first = Coercion.boolean(of: left), let second = Coercion.boolean(of: right) else {
        return nil
      }
      return order(first ? 1 : 0, second ? 1 : 0)
    }
    guard left.isDate || right.isDate, let first = Coercion.instant(of: left),
      let second = Coercion.instant(of: right)
    else { return nil }
    return order(first, second)
  }

  private static func textOrder(_ left: Value, _ right: Value) -> Int {
    let first = Coercion.text(of: left) ?? .empty
    let second = Coercion.text(of: right) ?? .empty
    return order(first, second)
  }

  private static func order<Ordered: Comparable>(_ left: Ordered, _ right: Ordered) -> Int {
    left == right ? 0 : left < right ? -1 : 1
  }

  static func isMultiple(_ left: Value, of right: Value) -> Outcome {
    guard let number = Coercion.number(of: left), let divisor = Coercion.number(of: right),
      divisor != 0
    else { return unknownOrFails(left, right) }
    return Outcome(number.truncatingRemainder(dividingBy: divisor) == 0)
  }

  /// Membership in a list; in anything else, a part of its text.
  ///
  /// Null is in nothing but a list that holds null.
  static func isIn(_ left: Value, _ right: Value) -> Outcome {
    switch right {
    case .list(let items):
      return items.reduce(.fails) { $0.or(areEqual(left, $1)) }
    case .text, .number, .boolean, .date, .file:
      if left.isNull { return .fails }
      if let unknown = left.containedUnknown { return .unknown(unknown) }
      guard let part = Coercion.text(of: left), let whole = Coercion.text(of: right) else {
        return .fails
      }
      return Outcome(whole.contains(part))
    case .null, .object: return .fails
    case .unknown(let unknown): return .unknown(unknown)
    }
  }

  static func has(_ value: Value, key: Value) -> Outcome {
    guard case .object(let object) = value, let key = Coercion.text(of: key) else { return .fails }
    return Outcome(object[key] != nil)
  }

  private static func unknownOrFails(_ left: Value, _ right: Value) -> Outcome {
    left.containedUnknown.joined(right.containedUnknown).map(Outcome.unknown) ?? .fails
  }
}

extension Value {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
  fileprivate var isBoolean: Bool { if case .boolean = self { true } else { false } }
  fileprivate var isDate: Bool { if case .date = self { true } else { false } }
}
