public import Values

/// A change of a table, in the past tense.
public enum TableEvent: Hashable, Sendable {
  /// A row was made.
  case rowCreated(table: Text, row: Text, at: Instant, values: Object)
  /// Cells of a row were written; cells not among `values` stayed.
  case rowUpdated(table: Text, row: Text, at: Instant, values: Object)
  /// A row was deleted.
  case rowDeleted(table: Text, row: Text, at: Instant)
  /// All rows of a table were deleted.
  case tableCleared(table: Text, rows: Int, at: Instant)
}

extension TableEvent {
  /// The event's type as logs name it.
  public var type: String {
    switch self {
    case .rowCreated: "row.created"
    case .rowUpdated: "row.updated"
    case .rowDeleted: "row.deleted"
    case .tableCleared: "table.cleared"
    }
  }

  /// The table that changed.
  public var table: Text {
    switch self {
    case .rowCreated(let table, _, _, _), .rowUpdated(let table, _, _, _),
      .rowDeleted(let table, _, _), .tableCleared(let table, _, _):
      table
    }
  }

  /// The event as a log keeps it, apart from its type.
  public var payload: Object {
    switch self {
    case .rowCreated(let table, let row, let at, let values),
      .rowUpdated(let table, let row, let at, let values):
      ["table": .text(table), "row": .text(row), "at": .date(at), "values": .object(values)]
    case .rowDeleted(let table, let row, let at):
      ["table": .text(table), "row": .text(row), "at": .date(at)]
    case .tableCleared(let table, let rows, let at):
      ["table": .text(table), "rows": .number(Double(rows)), "at": .date(at)]
    }
  }

  /// Makes an event of its type and payload, or nil where they are those of no event.
  public init?(type: String, payload: Object) {
    guard case .text(let table)? = payload["table"], case .date(let at)? = payload["at"] else {
      return nil
    }
    switch (type, payload["row"], payload["values"], payload["rows"]) {
    case ("row.created", .text(let row)?, .object(let values)?, _):
      self = .rowCreated(table: table, row: row, at: at, values: values)
    case ("row.updated", .text(let row)?, .object(let values)?, _):
      self = .rowUpdated(table: table, row: row, at: at, values: values)
    case ("row.deleted", .text(let row)?, _, _):
      self = .rowDeleted(table: table, row: row, at: at)
    case ("table.cleared", _, _, .number(let rows)?):
      guard let rows = Int(exactly: rows) else { return nil }
      self = .tableCleared(table: table, rows: rows, at: at)
    default:
      return nil
    }
  }
}
