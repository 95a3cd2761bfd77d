public import Values

extension TableState {
  /// The answer to a request, with the events that carry it out.
  ///
  /// - Throws: `CardError` for a table, row or method that does not exist, and for a
  ///   where-expression that cannot be read.
  /// - Complexity: O(*n* log *n*) in the rows of the table.
  public func answer(
    to request: TableRequest,
    at now: Instant
  ) throws(CardError) -> TableReply {
    let table = try requestedTable(request)
    return switch request.method {
    case "searchRows2", "searchRows": try search(table, request)
    case "createRow": create(in: table, request, now)
    case "updateRow": try update(table, request, now)
    case "deleteRow": try delete(from: table, request, now)
    case "clearTable": clear(table, now)
    case "readRow": try read(table, request)
    case "readTable": readSchema(of: table)
    case "exportToCSV": try export(table, request)
    default: throw CardError.invalidInput("Tables have no method \"\(request.method)\".")
    }
  }

  private func requestedTable(_ request: TableRequest) throws(CardError) -> Table {
    let id = Coercion.text(of: request.input(TableFields.table)) ?? .empty
    guard let table = table(id) else { throw CardError.notFound("There is no table \"\(id)\".") }
    return table
  }

  // MARK: - Writing

  private func create(in table: Table, _ request: TableRequest, _ now: Instant) -> TableReply {
    let cells = request.group(TableFields.cells)
    var values = Object()
    for column in table.schema.columns {
      values[column.name] = cells[column.name].map(column.stored) ?? column.initial
    }
    let id = Text("\(table.nextRow)")
    var outputs = Object()
    outputs.set(TableFields.newRowID, to: .text(id))
    return TableReply(
      outputs: outputs,
      events: [.rowCreated(table: table.schema.id, row: id, at: now, values: values)]
    )
  }

  /// Writes the cells that were given; blank ones only where the card says so.
  private func update(
    _ table: Table,
    _ request: TableRequest,
    _ now: Instant
  ) throws(CardError) -> TableReply {
    let row = try requestedRow(table, request)
    let writesEmpty =
      Coercion.text(of: request.input(TableFields.updateEmptyInputs))?.lowercased() == "yes"
    var values = Object()
    for (name, value) in request.group(TableFields.cells) {
      guard let column = table.schema.column(named: name) else { continue }
      if Coercion.isBlank(value), !writesEmpty { continue }
      values[name] = column.stored(value)
    }
    return TableReply(
      events: [.rowUpdated(table: table.schema.id, row: row.id, at: now, values: values)])
  }

  private func delete(
    from table: Table,
    _ request: TableRequest,
    _ now: Instant
  ) throws(CardError) -> TableReply {
    let row = try requestedRow(table, request)
    return TableReply(events: [.rowDeleted(table: table.schema.id, row: row.id, at: now)])
  }

  private func clear(_ table: Table, _ now: Instant) -> TableReply {
    var outputs = Object()
    outputs.set(TableFields.clearedRows, to: .number(Double(table.rows.count)))
    return TableReply(
      outputs: outputs,
      events: [.tableCleared(table: table.schema.id, rows: table.rows.count, at: now)]
    )
  }

  private func requestedRow(
    _ table: Table,
    _ request: TableRequest
  ) throws(CardError) -> TableRow {
    guard let id = request.rowID else {
      throw CardError.notFound("The card names no row of the table \"\(table.schema.name)\".")
    }
    guard let position = table.position(of: id) else {
      throw CardError.notFound("The table \"\(table.schema.name)\" has no row \"\(id)\".")
    }
    return table.rows[position]
  }

  // MARK: - Reading

  private func search(_ table: Table, _ request: TableRequest) throws(CardError) -> TableReply {
    let found = try TableQuery(request, table.schema, group: "Sort").rows(of: table.rows)
    guard request.input(TableFields.resultSet) == .text("one") else {
      var outputs = Object()
      outputs.set(
        TableFields.rows,
        to: .list(found.map { .object($0.shown(request.rowKeys, table.schema)) })
      )
      return TableReply(outputs: outputs)
    }
    return TableReply(outputs: Self.outputs(of: found.first, table.schema))
  }

  private func read(_ table: Table, _ request: TableRequest) throws(CardError) -> TableReply {
    TableReply(outputs: Self.outputs(of: try requestedRow(table, request), table.schema))
  }

  /// One row as the outputs of a card; null everywhere where there is none.
  private static func outputs(of row: TableRow?, _ schema: TableSchema) -> Object {
    var outputs = Object()
    for name in [TableFields.rowID, TableFields.created, TableFields.updated] {
      outputs.set(name, to: row?.value(of: name.key) ?? .null)
    }
    for column in schema.columns {
      let name = FieldName(group: TableFields.cells, key: column.name)
      outputs.set(name, to: row?.value(of: column.name) ?? .null)
    }
    return outputs
  }

  private func readSchema(of table: Table) -> TableReply {
    let columns = table.schema.columns.map { column -> Value in
      ["name": .text(column.name), "type": .text(column.type.exported)]
    }
    var outputs = Object()
    outputs.set(TableFields.columnSchema, to: .list(columns))
    return TableReply(outputs: outputs)
  }

  private func export(_ table: Table, _ request: TableRequest) throws(CardError) -> TableReply {
    let rows = try TableQuery(request, table.schema, group: "Options").rows(of: table.rows)
    var outputs = Object()
    let name = Coercion.text(of: request.input(TableFields.filename)) ?? .empty
    let file = File(
      name: name.isEmpty ? table.schema.name + ".csv" : name,
      mediaType: "text/csv",
      content: TableCSV(request, table.schema).content(of: rows)
    )
    outputs.set(TableFields.fileContent, to: .file(file))
    return TableReply(outputs: outputs)
  }
}

extension TableRow {
  /// The row as an object of a result: the declared keys, or else every column and the row's own
  /// members.
  fileprivate func shown(_ keys: [Text]?, _ schema: TableSchema) -> Object {
    let own = [TableFields.rowID.key, TableFields.created.key, TableFields.updated.key]
    let keys = keys ?? schema.columns.map(\.name) + own
    return Object(keys.map { ($0, value(of: $0)) })
  }
}

extension TableSchema.Column {
  /// A value as the column's cells hold it.
  fileprivate func stored(_ value: Value) -> Value {
    Coercion.read(value, as: type.declared)
  }
}

extension TableSchema.ColumnType {
  fileprivate var exported: Text {
    switch self {
    case .text: "str"
    case .number: "dec"
    case .boolean: "bln"
    case .date: "dte"
    }
  }
}

extension Object {
  /// Sets a member by a field's name, in the object of its group.
  fileprivate mutating func set(_ name: FieldName, to value: Value) {
    guard let group = name.group else {
      self[name.key] = value
      return
    }
    var members = Object()
    if case .object(let existing)? = self[group] { members = existing }
    members[name.key] = value
    self[group] = .object(members)
  }
}

extension CardError {
  /// Something that a card names does not exist.
  fileprivate static func notFound(_ message: String) -> CardError {
    CardError(kind: .notFound, message: Text(message), statusCode: 404)
  }
}
