/// Why a filter is refused.
public struct FilterError: Error, Hashable, Sendable {
  /// What is wrong with a filter.
  public enum Reason: Hashable, Sendable {
    /// Something else is due here.
    case expected(String, found: String)
    /// There is no such operator.
    case unknownOperator(String)
    /// A value stands without its quotes.
    case unquotedValue(String)
    /// A quoted text does not end or has an escape that JSON does not have.
    case malformedText
    /// A number is no JSON number or beyond the range that is kept.
    case malformedNumber(String)
    /// A path has an empty step.
    case malformedPath(String)
    /// `field[…]` is not part of the language.
    case grouping(String)
    /// The field cannot be filtered by.
    case unsupportedField(String, remedy: String)
    /// The operator cannot be applied to the field.
    case unsupportedOperator(String, field: String, remedy: String)
    /// Parentheses or `not` are nested too deeply.
    case tooDeep(limit: Int)
  }

  /// What is wrong.
  public let reason: Reason
  /// The character it is wrong at, from 1.
  public let column: Int
  /// The filter.
  public let filter: String

  /// Creates an error from its facts.
  public init(reason: Reason, column: Int, filter: String) {
    self.reason = reason
    self.column = column
    self.filter = filter
  }
}

extension FilterError {
  /// The code with which Okta's System Log API answers a filter like this one.
  public var oktaCode: String {
    if case .unsupportedOperator = reason { return "E0000031" }
    return "E0000053"
  }

  /// What is wrong and what to do about it.
  public var message: String {
    let operators = FilterOperator.allCases.map(\.rawValue).joined(separator: ", ") + ", pr, in"
    return switch reason {
    case .expected(let wanted, let found): "expected \(wanted) but found \(found)"
    case .unknownOperator(let name): "unknown operator '\(name)'; the operators are \(operators)"
    case .unquotedValue(let word): "the value \(word) needs double quotes: \"\(word)\""
    case .malformedText:
      "the text does not end, or has an escape JSON does not have; write \\\" for a quote"
    case .malformedNumber(let spelling):
      "\(spelling) is no number in range; put it in double quotes to compare it as text"
    case .malformedPath(let spelling): "the field '\(spelling)' has an empty step"
    case .grouping(let path):
      "'\(path)[…]' is not supported; write '\(path).name' for each condition"
    case .unsupportedField(let path, let remedy): "'\(path)' cannot be filtered by; \(remedy)"
    case .unsupportedOperator(let name, let path, let remedy):
      "operator '\(name)' cannot be applied to '\(path)'; \(remedy)"
    case .tooDeep(let limit): "more than \(limit) levels of parentheses; flatten the filter"
    }
  }
}

extension FilterError: CustomStringConvertible {
  /// The filter, the place and the message.
  public var description: String {
    "invalid filter '\(filter)' at position \(column): \(message)"
  }
}
