public import Values

/// The tables of flows, held in memory.
///
/// Answering a request changes nothing: the reply carries events, and applying them makes the
/// change. So the same state follows from the same events, whoever answered.
public struct TableState: Hashable, Sendable {
  /// A table's definition with its rows in the order in which they were made.
  struct Table: Hashable, Sendable {
    var schema: TableSchema
    var rows: [TableRow] = []
    /// The number of the next row.
    var nextRow = 1

    func position(of id: Text) -> Int? { rows.firstIndex { $0.id == id } }
  }

  private var tables: [Text: Table] = [:]

  /// Makes a state with an empty table for each definition.
  public init(_ schemas: [TableSchema] = []) {
    for schema in schemas { define(schema) }
  }

  /// Adds a table, or gives a table a new definition and keeps its rows.
  public mutating func define(_ schema: TableSchema) {
    tables[schema.id, default: Table(schema: schema)].schema = schema
  }

  /// The rows of a table in the order in which they were made; none where there is no such table.
  public func rows(of table: Text) -> [TableRow] { tables[table]?.rows ?? [] }

  /// The definition of a table.
  public func schema(of table: Text) -> TableSchema? { tables[table]?.schema }

  func table(_ id: Text) -> Table? { tables[id] }
}

extension TableState {
  /// Makes the change that an event tells of.
  ///
  /// Every event applies: one of a table nobody defined makes it without columns, and one of a row
  /// that is not there changes nothing.
  ///
  /// - Complexity: O(*n*) in the rows of the table.
  public mutating func apply(_ event: TableEvent) {
    let id = event.table
    var table =
      tables.removeValue(forKey: id) ?? Table(schema: TableSchema(id: id, name: id, columns: []))
    table.apply(event)
    tables[id] = table
  }
}

extension TableState.Table {
  fileprivate mutating func apply(_ event: TableEvent) {
    switch event {
    case .rowCreated(_, let row, let at, let values):
      if let position = position(of: row) { rows.remove(at: position) }
      rows.append(TableRow(id: row, created: at, updated: at, values: values))
      if let number = Int(row.description), number >= nextRow, number < .max {
        nextRow = number + 1
      }
    case .rowUpdated(_, let row, let at, let values):
      guard let position = position(of: row) else { return }
      for (column, value) in values { rows[position].values[column] = value }
      rows[position].updated = at
    case .rowDeleted(_, let row, _):
      rows.removeAll { $0.id == row }
    case .tableCleared:
      rows = []
    }
  }
}
