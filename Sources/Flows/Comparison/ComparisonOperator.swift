public import Values

/// An operator of conditions, *Find* and *Filter*, by its name in exports.
public enum ComparisonOperator: Hashable, Sendable, CaseIterable {
  /// `==`
  case equal
  /// `!=`
  case notEqual
  /// `===`, in *Find* and *Filter* only.
  case identical
  /// `!==`, in *Find* and *Filter* only.
  case notIdentical
  /// `<`
  case less
  /// `<=`
  case lessOrEqual
  /// `>`
  case greater
  /// `>=`
  case greaterOrEqual
  /// `%`: the left is a multiple of the right.
  case multipleOf
  /// `in`
  case isIn
  /// `not in`
  case notIn
  /// `has`
  case has
  /// `doesn't have`
  case hasNot
  /// `is empty`
  case isEmpty
  /// `is not empty`
  case isNotEmpty
}

extension ComparisonOperator {
  /// Makes the operator that an export calls `name`.
  public init?(name: Text) {
    guard let found = Self.byName[name] else { return nil }
    self = found
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  /// The operator's name in exports.
  public var name: Text {
    switch self {
    case .equal: "=="
    case .notEqual: "!="
    case .identical: "==="
    case .notIdentical: "!=="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .multipleOf: "%"
    case .isIn: "in"
    case .notIn: "not in"
    case .has: "has"
    case .hasNot: "doesn't have"
    case .isEmpty: "is empty"
    case .isNotEmpty: "is not empty"
    }
  }
}
