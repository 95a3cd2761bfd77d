public import Values

/// What a table's definition says of it: its id, its name and its columns.
public struct TableSchema: Hashable, Sendable {
  /// The type of a column's cells.
  public enum ColumnType: Hashable, Sendable {
    /// Text, `str` in exports.
    case text
    /// Numbers, `dec` in exports.
    case number
    /// True or false, `bln` in exports.
    case boolean
    /// Dates, `dte` in exports.
    case date

    /// Makes the type that an export calls `name`, or nil for a name this engine does not know.
    public init?(exported name: Text) {
      switch name {
      case "str": self = .text
      case "dec": self = .number
      case "bln": self = .boolean
      case "dte": self = .date
      default: return nil
      }
    }

    /// The type in a word.
    public var word: Text {
      switch self {
      case .text: "text"
      case .number: "number"
      case .boolean: "boolean"
      case .date: "date"
      }
    }

    /// The type as fields declare it.
    public var declared: DeclaredType {
      switch self {
      case .text: .string
      case .number: .number
      case .boolean: .boolean
      case .date: .date
      }
    }
  }

  /// A column; cards address it by its name.
  public struct Column: Hashable, Sendable {
    /// The name.
    public let name: Text
    /// The type of the cells.
    public let type: ColumnType
    /// What a new row's cell holds where no value was given.
    public let initial: Value

    /// Makes a column; `initial` is read by the column's type.
    public init(name: Text, type: ColumnType, initial: Value = .null) {
      self.name = name
      self.type = type
      self.initial = initial.isNull ? .null : Coercion.read(initial, as: type.declared)
    }
  }

  /// The id by which cards name the table.
  public let id: Text
  /// The name that people gave it.
  public let name: Text
  /// The columns in the order of the definition.
  public let columns: [Column]

  /// Makes a schema.
  public init(id: Text, name: Text, columns: [Column]) {
    self.id = id
    self.name = name
    self.columns = columns
  }

  /// The schema with further columns behind its own, where it has none of their names.
  public func joined(with others: [Column]) -> TableSchema {
    var columns = columns
    for other in others where !columns.contains(where: { $0.name == other.name }) {
      columns.append(other)
    }
    return TableSchema(id: id, name: name, columns: columns)
  }

  /// The column of a name.
  public func column(named name: Text) -> Column? {
    columns.first { $0.name == name }
  }
}
