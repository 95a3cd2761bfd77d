/// Reads a hook expression; parentheses bind before comparisons, then `!`, `&&`, `||`.
struct HookParser {
  /// How deeply parentheses, `!` and selections may be nested.
  static let maximumDepth = 128

  private let expression: String
  private var lexer: HookLexer
  private var token: HookLexer.Token
  /// How many selections are open.
  private var selections = 0

  private init(_ expression: String) throws(HookExpressionError) {
    self.expression = expression
    lexer = HookLexer(expression)
    token = try lexer.next()
  }

  /// The expression that is spelled.
  static func parse(_ expression: String) throws(HookExpressionError) -> HookExpression {
    var parser = try HookParser(expression)
    let parsed = try parser.disjunction(depth: 0)
    guard parser.token.kind == .end else { throw parser.expected("'&&', '||' or the end") }
    return parsed
  }
}

// MARK: - Connectives

extension HookParser {
  private mutating func disjunction(depth: Int) throws(HookExpressionError) -> HookExpression {
    var operands = [try conjunction(depth: depth)]
    while isMark("||") || isName("or") {
      try advance()
      operands.append(try conjunction(depth: depth))
    }
    return operands.count == 1 ? operands[0] : .or(operands)
  }

  private mutating func conjunction(depth: Int) throws(HookExpressionError) -> HookExpression {
    var operands = [try unary(depth: depth)]
    while isMark("&&") || isName("and") {
      try advance()
      operands.append(try unary(depth: depth))
    }
    return operands.count == 1 ? operands[0] : .and(operands)
  }

  private mutating func unary(depth: Int) throws(HookExpressionError) -> HookExpression {
    guard depth < HookParser.maximumDepth else {
      throw error(.tooDeep(limit: HookParser.maximumDepth))
    }
    if isMark("!") || isName("not") {
      try advance()
      return .not(try unary(depth: depth + 1))
    }
    guard isMark("(") else { return try comparison(depth: depth) }
    try advance()
    let inner = try disjunction(depth: depth + 1)
    try take(")", "'&&', '||' or ')'")
    return inner
  }

  private mutating func comparison(depth: Int) throws(HookExpressionError) -> HookExpression {
    let start = token
    let one = try operand(depth: depth)
    guard let comparison = comparisonAhead else {
      guard one.isCondition else {
        throw HookExpressionError(
          reason: .notBoolean(one.description),
          column: start.column,
          expression: expression
        )
      }
      return .condition(one)
    }
    try advance()
    return .comparison(one, comparison, try operand(depth: depth))
  }

  private var comparisonAhead: HookComparison? {
    switch token.kind {
    case .mark("=="): .equal
    case .mark("!="): .notEqual
    case .mark(let mark): HookComparison(rawValue: mark)
    case .name where isName("eq"): .equal
    case .name where isName("ne"): .notEqual
    default: nil
    }
  }
}

// MARK: - Operands

extension HookParser {
  private mutating func operand(depth: Int) throws(HookExpressionError) -> HookOperand {
    if let literal = try literalAhead() { return .literal(literal) }
    guard case .name(let name) = token.kind else {
      throw expected("a field, a value, '!' or '('")
    }
    guard name == "event" || selections > 0 else {
      throw expected("a field that begins with 'event.', or a value in quotes")
    }
    try advance()
    var names = name == "event" ? [] : [JSONName(name.utf8)]
    let makeField = name == "event" ? HookOperand.field : HookOperand.itemField
    while isMark(".") {
      try advance()
      guard case .name(let step) = token.kind else { throw expected("a name") }
      let place = token
      try advance()
      if isMark("(") { return try call(step, at: place, on: makeField(names)) }
      names.append(JSONName(step.utf8))
    }
    guard isMark(".?[") else { return makeField(names) }
    return try selection(of: makeField(names), depth: depth)
  }

  private mutating func selection(
    of list: HookOperand,
    depth: Int
  ) throws(HookExpressionError) -> HookOperand {
    try advance()
    selections += 1
    let condition = try disjunction(depth: depth + 1)
    selections -= 1
    try take("]", "'&&', '||' or ']'")
    let selection = HookOperand.selection(list, condition)
    guard isMark(".") else { return selection }
    try advance()
    guard case .name(let function) = token.kind else { throw expected("size() or contains('…')") }
    let place = token
    try advance()
    guard isMark("(") else { throw expected("'('") }
    return try call(function, at: place, on: selection)
  }

  private mutating func call(
    _ function: String,
    at place: HookLexer.Token,
    on operand: HookOperand
  ) throws(HookExpressionError) -> HookOperand {
    try advance()
    switch function {
    case "size":
      try take(")", "')'")
      return .size(operand)
    case "contains":
      guard let literal = try literalAhead() else { throw expected("a value in quotes") }
      try take(")", "')'")
      return .contains(operand, literal)
    default:
      throw HookExpressionError(
        reason: .unknownFunction(function),
        column: place.column,
        expression: expression
      )
    }
  }

  /// The literal that stands here, which is then passed; nil when there is none.
  private mutating func literalAhead() throws(HookExpressionError) -> HookLiteral? {
    let literal: HookLiteral
    switch token.kind {
    case .text(let bytes): literal = .text(bytes)
    case .integer(let spelling):
      guard let number = Int64(spelling) else { throw error(.numberOutOfRange(spelling)) }
      literal = .integer(number)
    case .name("true"): literal = .boolean(true)
    case .name("false"): literal = .boolean(false)
    case .name("null"): literal = .null
    default: return nil
    }
    try advance()
    return literal
  }
}

// MARK: - Tokens

extension HookParser {
  private func isMark(_ mark: String) -> Bool { token.kind == .mark(mark) }

  /// Whether a connective or operator stands here, in small or in capital letters.
  private func isName(_ name: String) -> Bool {
    guard case .name(let own) = token.kind else { return false }
    return own == name || own.utf8.elementsEqual(name.utf8.map { $0 & 0xDF })
  }

  private mutating func take(_ mark: String, _ what: String) throws(HookExpressionError) {
    guard isMark(mark) else { throw expected(what) }
    try advance()
  }

  private mutating func advance() throws(HookExpressionError) { token = try lexer.next() }

  private func expected(_ what: String) -> HookExpressionError {
    error(.expected(what, found: token.name))
  }

  private func error(_ reason: HookExpressionError.Reason) -> HookExpressionError {
    HookExpressionError(reason: reason, column: token.column, expression: expression)
  }
}
