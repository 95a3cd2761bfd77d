public import Values

/// The structure of a table; exports carry no rows.
public struct TableDefinition: Sendable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// The name by which cards address the column.
    public let name: Text
    /// The type as the export spells it: `str`, `dte`, `bln`, `dec`.
    public let type: Text
    /// What a row holds that does not set the column.
    public let defaultValue: Value

    /// Makes a column.
    public init(name: Text, type: Text, defaultValue: Value) {
      self.name = name
      self.type = type
      self.defaultValue = defaultValue
    }
  }

  /// The table's id, unique in its export.
  public let id: Text
  /// The name its author gave it.
  public let name: Text
  /// The columns in order.
  public let columns: [Column]
  /// The table as its export has it.
  public let exported: Value
}
