public import Flows

extension TableSchema {
  /// The schema that an export's definition of a table gives; columns of unknown types hold text.
  public init(_ definition: TableDefinition) {
    self.init(
      id: definition.id,
      name: definition.name,
      columns: definition.columns.map {
        Column(
          name: $0.name,
          type: ColumnType(exported: $0.type) ?? .text,
          initial: $0.defaultValue
        )
      }
    )
  }
}
