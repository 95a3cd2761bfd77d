public import Values

/// Which rows of a table somebody asks for: conditions that all hold, an order, and how many.
public struct TableSelection: Sendable {
  private let schema: TableSchema
  private var terms: [WhereExpression.Term] = []
  private var rowConditions: [(comparison: ComparisonOperator, number: Double)] = []
  /// The column to sort by; nil for the order of creation.
  public var sortColumn: Text?
  /// Whether the greatest value comes first.
  public var isDescending = false
  /// How many rows are passed over.
  public var offset = 0
  /// The most rows that are given; nil for all.
  public var limit: Int?

  /// Selects all rows of a table in the order in which they were made.
  public init(_ schema: TableSchema) {
    self.schema = schema
  }

  /// Whether rows have a value of that name: a column's, or `Row ID`, `Created`, `Updated`.
  public func has(_ column: Text) -> Bool {
    schema.column(named: column) != nil || TableFields.own.contains(column)
  }

  /// Adds a condition, such as `Status = open` or `Score >= 5`; the operators are those of table cards.
  ///
  /// The operand is read as the column's type; row ids compare as numbers.
  ///
  /// - Throws: `TableConditionError` where the text is no condition on what rows have.
  public mutating func require(_ condition: Text) throws(TableConditionError) {
    let text = condition.description
    let names = schema.columns.map(\.name) + TableFields.own
    let named = names.filter { text.hasPrefix($0.description) }
      .max { $0.bytes.count < $1.bytes.count }
    guard let column = named else { throw .unknownColumn }
    let rest = text.dropFirst(column.description.count).drop { $0 == " " }
    let sign = rest.prefix { "<>=!".contains($0) }
    guard let comparison = Self.comparisons[String(sign)] else { throw .unknownOperator }
    let operand = Text(String(rest.dropFirst(sign.count))).trimmed()
    if column == TableFields.rowID.key, schema.column(named: column) == nil {
      guard let number = Double(operand.description) else { throw .wrongType("number") }
      rowConditions.append((comparison, number))
      return
    }
    let type = schema.column(named: column)?.type ?? .date
    let read = Coercion.read(.text(operand), as: type.declared)
    guard operand.isEmpty || type.holds(read) else {
      throw .wrongType(type.word.description)
    }
    terms.append(
      WhereExpression.Term(
        column: column,
        comparison: comparison,
        operand: .text(operand),
        isAlternativeNext: false
      )
    )
  }

  private static let comparisons: [String: ComparisonOperator] = [
    "=": .equal, "==": .equal, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual,
  ]

  /// The rows asked for.
  ///
  /// - Complexity: O(*n* log *n*) in the rows.
  public func rows(of rows: [TableRow]) -> [TableRow] {
    // Rows are numbered as they are made.
    let isByRow =
      sortColumn == TableFields.rowID.key && schema.column(named: TableFields.rowID.key) == nil
    let found = rows.filter { row in
      let number = Value.number(Double(row.id.description) ?? .nan)
      return rowConditions.allSatisfy { condition in
        Comparison.evaluate(number, condition.comparison, .number(condition.number)) == .holds
      }
    }
    let query = TableQuery(
      condition: WhereExpression(terms: terms),
      schema: schema,
      sortColumn: isByRow ? nil : sortColumn,
      isDescending: isDescending,
      offset: max(0, offset),
      limit: limit.map { max(0, $0) } ?? .max
    )
    return query.rows(of: isByRow && isDescending ? found.reversed() : found)
  }
}
