/// Why a hook expression is refused.
public struct HookExpressionError: Error, Hashable, Sendable {
  /// What is wrong with an expression.
  public enum Reason: Hashable, Sendable {
    /// Something else is due here.
    case expected(String, found: String)
    /// The operand is not true or false by itself.
    case notBoolean(String)
    /// There is no such function.
    case unknownFunction(String)
    /// A quoted text does not end.
    case unfinishedText
    /// A number is beyond 64 bits.
    case numberOutOfRange(String)
    /// Parentheses, `!` or selections are nested too deeply.
    case tooDeep(limit: Int)
  }

  /// What is wrong.
  public let reason: Reason
  /// The character it is wrong at, from 1.
  public let column: Int
  /// The expression.
  public let expression: String

  /// Creates an error from its facts.
  public init(reason: Reason, column: Int, expression: String) {
    self.reason = reason
    self.column = column
    self.expression = expression
  }
}

extension HookExpressionError: CustomStringConvertible {
  /// The expression, the place and what to do about it.
  public var description: String {
    "invalid expression '\(expression)' at position \(column): \(message)"
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch reason {
    case .expected(let wanted, let found): "expected \(wanted) but found \(found)"
    case .notBoolean(let operand):
      "'\(operand)' is not true or false by itself; compare it, as in '\(operand) eq …'"
    case .unknownFunction(let name):
      "unknown function '\(name)'; the functions are size() and contains('…')"
    case .unfinishedText: "the text does not end; write '' for a quote inside single quotes"
    case .numberOutOfRange(let spelling): "\(spelling) is beyond 64 bits"
    case .tooDeep(let limit): "more than \(limit) levels of nesting; flatten the expression"
    }
  }
}
