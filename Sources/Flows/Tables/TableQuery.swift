internal import Values

/// Which rows a card asks for: condition, order, offset and limit.
struct TableQuery: Sendable {
  private let condition: WhereExpression
  private let schema: TableSchema
  /// The column to sort by; nil for the order of creation.
  private let sortColumn: Text?
  private let isDescending: Bool
  private let offset: Int
  private let limit: Int

  init(
    condition: WhereExpression,
    schema: TableSchema,
    sortColumn: Text?,
    isDescending: Bool,
    offset: Int,
    limit: Int
  ) {
    self.condition = condition
    self.schema = schema
    self.sortColumn = sortColumn
    self.isDescending = isDescending
    self.offset = offset
    self.limit = limit
  }

  /// Reads the query of a request; offset and limit stand in `group`.
  init(_ request: TableRequest, _ schema: TableSchema, group: Text) throws(CardError) {
    condition = try WhereExpression(request)
    self.schema = schema
    let column = Coercion.text(of: request.input(TableFields.sortColumn)) ?? .empty
    let isOwn = column == TableFields.created.key || column == TableFields.updated.key
    sortColumn = schema.column(named: column) != nil || isOwn ? column : nil
    isDescending = request.input(TableFields.sortDirection) != .text("asc")
    offset = try Self.count(request, FieldName(group: group, key: "Offset"))
    let limit = try Self.count(request, FieldName(group: group, key: "Limit"))
    self.limit =
      limit == 0 ? TableFields.maximumRows : min(limit, TableFields.maximumRows)
  }

  /// The rows asked for: picked, sorted, the first ones passed over, at most so many.
  func rows(of rows: [TableRow]) -> [TableRow] {
    let found = rows.filter { condition.holds(for: $0, schema) }
    return Array(sorted(found).dropFirst(offset).prefix(limit))
  }

  /// Equal rows keep the order of creation; null comes last in either direction.
  private func sorted(_ rows: [TableRow]) -> [TableRow] {
    guard let sortColumn else { return rows }
    return StableSort.sorted(rows) { left, right in
      let (left, right) = (left.value(of: sortColumn), right.value(of: sortColumn))
      if left.isNull || right.isNull { return !left.isNull && right.isNull }
      return isDescending
        ? Comparison.sortsBefore(right, left) : Comparison.sortsBefore(left, right)
    }
  }

  private static func count(
    _ request: TableRequest,
    _ name: FieldName
  ) throws(CardError) -> Int {
    let number = try CardCall.number(request.input(name))
    return Int(max(0, min(1_000_000, number.isNaN ? 0 : number)))
  }
}
