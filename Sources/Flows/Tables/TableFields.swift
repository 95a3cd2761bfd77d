internal import Values

/// The names of the fields that table cards share.
enum TableFields {
  static let table = FieldName(group: "parameters", key: "stash")
  static let resultSet = FieldName(group: "parameters", key: "resultSet")
  static let updateEmptyInputs = FieldName(group: "parameters", key: "updateEmptyInputs")
  static let whereExpression = FieldName(group: "Filter", key: "Where Expression")
  static let sortColumn = FieldName(group: "Sort", key: "Column")
  static let sortDirection = FieldName(group: "Sort", key: "Direction")
  static let filename = FieldName(group: "File", key: "Filename")
  static let delimiter = FieldName(group: "Options", key: "Delimiter")
  static let columns = FieldName(group: "Options", key: "Columns")
  static let fileContent = FieldName(group: "CSV", key: "File Content")
  /// The inputs that name a row, one of which each card for a row has.
  static let namedRow = ["Update By", "Delete By", "Read By"].map {
    FieldName(group: Text($0), key: "Row ID")
  }
  static let clearedRows = FieldName(group: "Table", key: "Cleared Rows")
  static let newRowID = FieldName(group: "Output", key: "Row ID")
  static let rows = FieldName(group: "Result", key: "Rows")
  static let rowID = FieldName(group: "Row", key: "Row ID")
  static let created = FieldName(group: "Row", key: "Created")
  static let updated = FieldName(group: "Row", key: "Updated")
  /// What every row has beside its cells.
  static let own = [rowID.key, created.key, updated.key]
  static let columnSchema = FieldName(key: "Column Schema")
  /// The group of the columns among inputs and outputs.
  static let cells: Text = "Fields"
  /// The group of the operands of a where-expression.
  static let operands: Text = "_expr"
  /// The most rows that one search gives.
  static let maximumRows = 3_500
}
