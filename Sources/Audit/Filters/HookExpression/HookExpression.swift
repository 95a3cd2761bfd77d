/// A filter of an event hook, in Okta Expression Language over one log event.
public indirect enum HookExpression: Hashable, Sendable {
  /// Two operands compare so.
  case comparison(HookOperand, HookComparison, HookOperand)
  /// An operand that is itself true or false.
  case condition(HookOperand)
  /// The operand does not hold.
  case not(HookExpression)
  /// All operands hold; there are at least two.
  case and([HookExpression])
  /// At least one operand holds; there are at least two.
  case or([HookExpression])
}

/// How two operands of a hook expression compare.
public enum HookComparison: String, CaseIterable, Hashable, Sendable {
  /// Equal.
  case equal = "eq"
  /// Not equal.
  case notEqual = "ne"
  /// Greater.
  case greater = ">"
  /// Greater or equal.
  case greaterOrEqual = ">="
  /// Less.
  case less = "<"
  /// Less or equal.
  case lessOrEqual = "<="
}

/// What a hook expression computes with.
public indirect enum HookOperand: Hashable, Sendable {
  /// A value written out.
  case literal(HookLiteral)
  /// A field of the event: the names after `event`.
  case field([JSONName])
  /// Inside a selection, a field of the item.
  case itemField([JSONName])
  /// The items of a list for which an expression holds.
  case selection(HookOperand, HookExpression)
  /// How many items a list has.
  case size(HookOperand)
  /// Whether a text or list contains a value.
  case contains(HookOperand, HookLiteral)
}

/// A value written out in a hook expression.
public enum HookLiteral: Hashable, Sendable {
  /// A text, UTF-8.
  case text([UInt8])
  /// A whole number.
  case integer(Int64)
  /// `true` or `false`.
  case boolean(Bool)
  /// No value.
  case null
}

extension HookOperand {
  /// Whether the operand can stand for a condition.
  var isCondition: Bool {
    switch self {
    case .contains, .literal(.boolean): true
    case .literal, .field, .itemField, .selection, .size: false
    }
  }
}

// MARK: - Spelling

extension HookExpression: CustomStringConvertible {
  /// The expression in one spelling, which parses to the same expression.
  public var description: String {
    switch self {
    case .comparison(let one, let comparison, let other):
      "\(one) \(comparison.rawValue) \(other)"
    case .condition(let operand): operand.description
    case .not(let operand): "!(\(operand))"
    case .and(let operands): operands.map(\.operandDescription).joined(separator: " && ")
    case .or(let operands): operands.map(\.operandDescription).joined(separator: " || ")
    }
  }

  private var operandDescription: String {
    switch self {
    case .and, .or: "(\(self))"
    case .comparison, .condition, .not: description
    }
  }
}

extension HookOperand: CustomStringConvertible {
  /// The operand as an expression spells it.
  public var description: String {
    switch self {
    case .literal(let literal): literal.description
    case .field(let names): (["event"] + names.map(\.text)).joined(separator: ".")
    case .itemField(let names): names.map(\.text).joined(separator: ".")
    case .selection(let list, let expression): "\(list).?[\(expression)]"
    case .size(let list): "\(list).size()"
    case .contains(let whole, let part): "\(whole).contains(\(part))"
    }
  }
}

extension HookLiteral: CustomStringConvertible {
  /// The literal as an expression spells it.
  public var description: String {
    switch self {
    case .text(let bytes):
      "'" + String(decoding: bytes, as: UTF8.self).replacing("'", with: "''") + "'"
    case .integer(let number): String(number)
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    }
  }
}

extension JSONName {
  /// The spelling as text.
  fileprivate var text: String { String(decoding: spelling, as: UTF8.self) }
}
