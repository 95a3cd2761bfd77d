public import Values

/// The conditions by which a table card picks rows.
///
/// A condition's `join` connects it with the condition that follows; the last has no meaning. They
/// are read from left to right, AND and OR being of one rank. No condition at all holds for all rows.
struct WhereExpression: Hashable, Sendable {
  /// A comparison of a column with an operand.
  struct Term: Hashable, Sendable {
    let column: Text
    let comparison: ComparisonOperator
    let operand: Value
    /// Whether the next term is an alternative.
    let isAlternativeNext: Bool
  }

  let terms: [Term]

  init(terms: [Term]) {
    self.terms = terms
  }

  /// Reads the expression of a request, its wired operands from the group `_expr`.
  init(_ request: TableRequest) throws(CardError) {
    let value = request.input(TableFields.whereExpression)
    let operands = request.group(TableFields.operands)
    guard case .object(let object) = value, case .list(let items)? = object["expr"] else {
      terms = []
      return
    }
    var terms: [Term] = []
    for item in items {
      guard case .object(let item) = item else { continue }
      terms.append(
        Term(
          column: Coercion.text(of: item["lhs"] ?? .null) ?? .empty,
          comparison: try Self.comparison(item["op"] ?? .null),
          operand: Self.operand(item, operands),
          isAlternativeNext: item["join"] == .text("OR")
        )
      )
    }
    self.terms = terms
  }

  private static func operand(_ term: Object, _ operands: Object) -> Value {
    guard case .object(let wire)? = term["rhd"], case .text(let key)? = wire["outputId"] else {
      return term["rhs"] ?? .null
    }
    return operands[key] ?? .null
  }

  private static func comparison(_ name: Value) throws(CardError) -> ComparisonOperator {
    switch name {
    case "=", "==": .equal
    case "!=": .notEqual
    case "<": .less
    case "<=": .lessOrEqual
    case ">": .greater
    case ">=": .greaterOrEqual
    default:
      throw CardError.invalidInput(
        "Tables have no operator \"\(Coercion.text(of: name) ?? "null")\"."
      )
    }
  }

  /// Whether a row is picked.
  func holds(for row: TableRow, _ schema: TableSchema) -> Bool {
    var result = true
    var isAlternative = false
    for (index, term) in terms.enumerated() {
      let holds = term.holds(for: row, schema)
      result = index == 0 ? holds : isAlternative ? result || holds : result && holds
      isAlternative = term.isAlternativeNext
    }
    return result
  }
}

extension WhereExpression.Term {
  /// The operand is read as the column's type; one that cannot be is merely unequal.
  func holds(for row: TableRow, _ schema: TableSchema) -> Bool {
    let type = type(in: schema)
    let cell = row.value(of: column)
    if comparison.isEquality, Coercion.isBlank(operand) {
      let isEqual = Coercion.isBlank(cell)
      return isEqual == (comparison == .equal)
    }
    let right = Coercion.read(operand, as: type.declared)
    guard type.holds(right) else { return comparison == .notEqual }
    return Comparison.evaluate(cell, comparison, right) == .holds
  }

  private func type(in schema: TableSchema) -> TableSchema.ColumnType {
    if let column = schema.column(named: column) { return column.type }
    let isDate = column == TableFields.created.key || column == TableFields.updated.key
    return isDate ? .date : .text
  }
}

extension ComparisonOperator {
  fileprivate var isEquality: Bool { self == .equal || self == .notEqual }
}

extension TableSchema.ColumnType {
  /// Whether a value has been read as the type.
  public func holds(_ value: Value) -> Bool {
    switch (self, value) {
    case (.text, .text), (.number, .number), (.boolean, .boolean), (.date, .date): true
    default: false
    }
  }
}
