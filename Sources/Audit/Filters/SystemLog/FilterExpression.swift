/// A System Log filter, as it was written.
public indirect enum FilterExpression: Hashable, Sendable {
  /// A value of the field compares so with a literal.
  case comparison(FilterPath, FilterOperator, FilterLiteral)
  /// A value of the field equals one of several literals.
  case oneOf(FilterPath, [FilterLiteral])
  /// The field has a value.
  case present(FilterPath)
  /// The operand does not hold.
  case not(FilterExpression)
  /// All operands hold; there are at least two.
  case and([FilterExpression])
  /// At least one operand holds; there are at least two.
  case or([FilterExpression])
}

/// How a comparison compares.
public enum FilterOperator: String, CaseIterable, Hashable, Sendable {
  /// Equal.
  case equal = "eq"
  /// Not equal: no value of the field is equal.
  case notEqual = "ne"
  /// Contains.
  case contains = "co"
  /// Starts with.
  case startsWith = "sw"
  /// Ends with.
  case endsWith = "ew"
  /// Greater.
  case greater = "gt"
  /// Greater or equal.
  case greaterOrEqual = "ge"
  /// Less.
  case less = "lt"
  /// Less or equal.
  case lessOrEqual = "le"
}

/// What a comparison compares with.
public enum FilterLiteral: Hashable, Sendable {
  /// A text in quotes, unescaped, UTF-8.
  case text([UInt8])
  /// A number and how it was written.
  case number(JSONNumber, spelling: String)
  /// `true` or `false`.
  case boolean(Bool)
  /// `null`: no value.
  case null
}

extension FilterExpression: CustomStringConvertible {
  /// The filter in one spelling, which parses to the same expression.
  public var description: String {
    switch self {
    case .comparison(let path, let comparison, let literal):
      "\(path) \(comparison.rawValue) \(literal)"
    case .oneOf(let path, let literals):
      "\(path) in [\(literals.map(\.description).joined(separator: ", "))]"
    case .present(let path): "\(path) pr"
    case .not(let operand): "not (\(operand))"
    case .and(let operands): operands.map(\.operandDescription).joined(separator: " and ")
    case .or(let operands): operands.map(\.operandDescription).joined(separator: " or ")
    }
  }

  private var operandDescription: String {
    switch self {
    case .and, .or: "(\(self))"
    case .comparison, .oneOf, .present, .not: description
    }
  }
}

extension FilterLiteral: CustomStringConvertible {
  /// The literal as a filter spells it.
  public var description: String {
    switch self {
    case .text(let bytes): JSONString.literal(bytes)
    case .number(_, let spelling): spelling
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    }
  }
}
