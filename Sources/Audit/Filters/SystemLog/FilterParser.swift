/// Reads a System Log filter; parentheses bind before operators, then `not`, `and`, `or`.
struct FilterParser {
  /// How deeply parentheses and `not` may be nested.
  static let maximumDepth = 128

  private let filter: String
  private var lexer: FilterLexer
  private var token: FilterLexer.Token

  private init(_ filter: String) throws(FilterError) {
    self.filter = filter
    lexer = FilterLexer(filter)
    token = try lexer.next()
  }

  /// The expression a filter spells.
  static func parse(_ filter: String) throws(FilterError) -> FilterExpression {
    var parser = try FilterParser(filter)
    let expression = try parser.disjunction(depth: 0)
    guard parser.token.kind == .end else {
      throw parser.expected("'and', 'or' or the end")
    }
    return expression
  }
}

// MARK: - Connectives

extension FilterParser {
  private mutating func disjunction(depth: Int) throws(FilterError) -> FilterExpression {
    var operands = [try conjunction(depth: depth)]
    while token.isWord("or") {
      try advance()
      operands.append(try conjunction(depth: depth))
    }
    return operands.count == 1 ? operands[0] : .or(operands)
  }

  private mutating func conjunction(depth: Int) throws(FilterError) -> FilterExpression {
    var operands = [try unary(depth: depth)]
    while token.isWord("and") {
      try advance()
      operands.append(try unary(depth: depth))
    }
    return operands.count == 1 ? operands[0] : .and(operands)
  }

  private mutating func unary(depth: Int) throws(FilterError) -> FilterExpression {
    guard depth < FilterParser.maximumDepth else {
      throw error(.tooDeep(limit: FilterParser.maximumDepth))
    }
    if token.isWord("not") {
      try advance()
      return .not(try unary(depth: depth + 1))
    }
    guard token.kind == .mark("(") else { return try comparison() }
    try advance()
    let expression = try disjunction(depth: depth + 1)
    guard token.kind == .mark(")") else { throw expected("'and', 'or' or ')'") }
    try advance()
    return expression
  }
}

// MARK: - Comparisons

extension FilterParser {
  private mutating func comparison() throws(FilterError) -> FilterExpression {
    let field = token
    guard case .word(let spelling) = field.kind, !token.isWord("and"), !token.isWord("or") else {
      throw expected("a field, 'not' or '('")
    }
    guard let path = FilterPath(spelling) else { throw error(.malformedPath(spelling)) }
    try refuseField(path)
    try advance()
    if token.kind == .mark("[") { throw error(.grouping(spelling)) }
    guard case .word(let name) = token.kind, !token.isWord("and"), !token.isWord("or") else {
      throw expected("an operator")
    }
    let place = token
    if token.isWord("pr") {
      try advance()
      return .present(path)
    }
    if token.isWord("in") {
      try advance()
      return .oneOf(path, try literals())
    }
    let spelled = String(decoding: name.utf8.map(\.asciiLowered), as: UTF8.self)
    guard let comparison = FilterOperator(rawValue: spelled) else {
      throw error(.unknownOperator(name))
    }
    try refuse(comparison, on: path, at: place)
    try advance()
    return .comparison(path, comparison, try literal())
  }

  private mutating func literals() throws(FilterError) -> [FilterLiteral] {
    guard token.kind == .mark("[") else { throw expected("'['") }
    var literals: [FilterLiteral] = []
    repeat {
      try advance()
      literals.append(try literal())
    } while token.kind == .mark(",")
    guard token.kind == .mark("]") else { throw expected("',' or ']'") }
    try advance()
    return literals
  }

  private mutating func literal() throws(FilterError) -> FilterLiteral {
    let literal: FilterLiteral
    switch token.kind {
    case .text(let bytes): literal = .text(bytes)
    case .number(let spelling):
      guard let number = JSONNumber(jsonText: spelling.utf8) else {
        throw error(.malformedNumber(spelling))
      }
      literal = .number(number, spelling: spelling)
    case .word("true"): literal = .boolean(true)
    case .word("false"): literal = .boolean(false)
    case .word("null"): literal = .null
    case .word(let word): throw error(.unquotedValue(word))
    case .mark, .other, .end: throw expected("a value in double quotes")
    }
    try advance()
    return literal
  }
}

// MARK: - Refusals

extension FilterParser {
  private func refuseField(_ path: FilterPath) throws(FilterError) {
    if path.looseSpelling == "published" {
      let remedy = "bound the time with since and until"
      throw error(.unsupportedField(path.description, remedy: remedy))
    }
    if path.steps.contains(where: { $0.name.looseSpelling == Array("changedetails".utf8) }) {
      let remedy = "filter by the event type or the target, and read the change in the event"
      throw error(.unsupportedField(path.description, remedy: remedy))
    }
  }

  private func refuse(
    _ comparison: FilterOperator,
    on path: FilterPath,
    at place: FilterLexer.Token
  ) throws(FilterError) {
    let barred = ["debugcontext.debugdata.url", "debugcontext.debugdata.requesturi"]
    guard comparison == .contains, barred.contains(path.looseSpelling) else { return }
    throw FilterError(
      reason: .unsupportedOperator(
        comparison.rawValue,
        field: path.description,
        remedy: "use 'sw' or 'eq'"
      ),
      column: place.column,
      filter: filter
    )
  }

  private mutating func advance() throws(FilterError) { token = try lexer.next() }

  private func expected(_ what: String) -> FilterError {
    error(.expected(what, found: token.name))
  }

  private func error(_ reason: FilterError.Reason) -> FilterError {
    FilterError(reason: reason, column: token.column, filter: filter)
  }
}
