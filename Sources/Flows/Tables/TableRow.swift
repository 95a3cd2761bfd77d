public import Values

/// A row of a table.
public struct TableRow: Hashable, Sendable {
  /// The id: a number as text, counted per table from `1` and never used again.
  public let id: Text
  /// When the row was made.
  public let created: Instant
  /// When the row was last written.
  public internal(set) var updated: Instant
  /// The cells by column name.
  public internal(set) var values: Object

  /// Makes a row.
  public init(id: Text, created: Instant, updated: Instant, values: Object) {
    self.id = id
    self.created = created
    self.updated = updated
    self.values = values
  }

  /// The value of a column, the row's own `Row ID`, `Created` and `Updated` among them; null where
  /// there is none.
  public func value(of column: Text) -> Value {
    if let value = values[column] { return value }
    return switch column {
    case TableFields.rowID.key: .text(id)
    case TableFields.created.key: .date(created)
    case TableFields.updated.key: .date(updated)
    default: .null
    }
  }
}
