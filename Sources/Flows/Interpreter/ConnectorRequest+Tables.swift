public import Values

extension TableRequest {
  /// Makes the table request that a connector request is, or nil where it asks no table.
  public init?(_ request: ConnectorRequest) {
    guard request.method.connector == "stash" else { return nil }
    var inputs: Object = ["parameters": .object(request.options)]
    for (name, value) in request.inputs {
      // The groups of table cards hold no stroke; the names of columns may.
      guard let end = name.utf16Index(of: "/") else {
        inputs[name] = value
        continue
      }
      let group = name.utf16Slice(0..<end)
      var members = Object()
      if case .object(let present)? = inputs[group] { members = present }
      members[name.utf16Slice((end + 1)..<name.utf16Count)] = value
      inputs[group] = .object(members)
    }
    self.init(method: request.method.method, inputs: inputs, rowKeys: Self.rowKeys(of: request))
  }

  /// The members that the card declares for the rows it gives as a list.
  private static func rowKeys(of request: ConnectorRequest) -> [Text]? {
    for output in request.outputs {
      if case .list(.schema(let schema)) = output.type { return schema.members.map(\.key) }
    }
    return nil
  }
}

extension ConnectorAnswer {
  /// Makes an answer of outputs as nested objects, `{group: {key: value}}`, as tables reply, for the
  /// outputs that a card declares.
  public init(nested outputs: Object, for fields: [CardField]) {
    self.init(
      outputs: Object(
        fields.compactMap { field in
          outputs.value(of: field.name).map { (field.name.text, $0) }
        }
      )
    )
  }
}

extension TableSchema {
  /// Makes the schema of a table of an export; a column of a type that tables lack holds texts.
  public init(_ table: TableDefinition) {
    self.init(
      id: table.id,
      name: table.name,
      columns: table.columns.map { column in
        Column(
          name: column.name,
          type: ColumnType(exported: column.type) ?? .text,
          initial: column.defaultValue
        )
      }
    )
  }
}
