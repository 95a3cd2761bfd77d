public import Values

/// Which rows of a table somebody asks for: conditions that all hold, an order, and how many.
public struct TableSelection: Sendable {
  private let schema: TableSchema
  private var terms: [WhereExpression.Term] = []
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
  /// The operand is read as the column's type.
  ///
  /// - Returns: Whether the text is a condition on something that rows have.
  public mutating func require(_ condition: Text) -> Bool {
    let text = condition.description
    let signs: Set<Character> = ["<", ">", "=", "!"]
    guard let start = text.firstIndex(where: signs.contains) else { return false }
    let rest = text[start...]
    let sign = rest.prefix { signs.contains($0) }
    let comparison: ComparisonOperator
    switch sign {
    case "=", "==": comparison = .equal
    case "!=": comparison = .notEqual
    case "<": comparison = .less
    case "<=": comparison = .lessOrEqual
    case ">": comparison = .greater
    case ">=": comparison = .greaterOrEqual
    default: return false
    }
    let column = Text(String(text[..<start])).trimmed()
    guard has(column) else { return false }
    terms.append(
      WhereExpression.Term(
        column: column,
        comparison: comparison,
        operand: .text(Text(String(rest.dropFirst(sign.count))).trimmed()),
        isAlternativeNext: false
      )
    )
    return true
  }

  /// The rows asked for.
  ///
  /// - Complexity: O(*n* log *n*) in the rows.
  public func rows(of rows: [TableRow]) -> [TableRow] {
    let query = TableQuery(
      condition: WhereExpression(terms: terms),
      schema: schema,
      sortColumn: sortColumn,
      isDescending: isDescending,
      offset: max(0, offset),
      limit: limit.map { max(0, $0) } ?? .max
    )
    return query.rows(of: rows)
  }
}
