public import EventStore
public import Flows
internal import Replay
public import Values

/// Makes rows of a CSV file, whose header names columns of the table.
public struct TableImport {
  private let log: EventLog
  private let schema: TableSchema

  /// Makes an import into a table.
  public init(into schema: TableSchema, of log: EventLog) {
    self.schema = schema
    self.log = log
  }

  /// Appends a row for each record, all of them or none.
  ///
  /// A cell that is empty holds what a new row's cell holds. Nothing tells rows apart from those that are there:
  /// the same file twice makes every row twice.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - actor: Who imports.
  ///   - now: When the rows are made.
  /// - Returns: How many rows were made.
  /// - Throws: `TableImportError` where the file does not fit the table; `EventLogError`.
  @available(*, noasync)
  public func run(_ bytes: [UInt8], by actor: Text, at now: Instant) throws -> Int {
    let rows = try read(bytes)
    guard !rows.isEmpty else { return 0 }
    while true {
      let contents = try TableView(log).contents(of: schema.id)
      let drafts = rows.enumerated().map { number, values in
        TableChange.draft(
          of: .rowCreated(
            table: schema.id,
            row: Text("\(contents.lastRow + 1 + number)"),
            at: now,
            values: values
          ),
          expectedVersion: .exactly(contents.version + UInt32(number)),
          actor: actor
        )
      }
      do {
        try log.append(AppendBatch(drafts))
        return rows.count
      } catch EventLogError.wrongExpectedVersion {
        // Somebody else wrote between reading and writing: the rows get other numbers.
        continue
      }
    }
  }
}

extension TableImport {
  private func read(_ bytes: [UInt8]) throws(TableImportError) -> [Object] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw TableImportError(line: 1, reason: "the file is not in UTF-8")
    }
    var records = CSVRecords(bytes)
    guard let header = try records.nextRecord() else {
      throw TableImportError(line: 1, reason: "the file has no header, which names the columns")
    }
    let columns = try columns(of: header)
    var rows: [Object] = []
    while let record = try records.nextRecord() {
      guard record.cells.count == columns.count else {
        throw TableImportError(
          line: record.line,
          reason: "\(record.cells.count) cells stand below \(columns.count) columns"
        )
      }
      guard rows.count < EventLog.maximumBatchCount else {
        throw TableImportError(
          line: record.line,
          reason: "there are more than \(EventLog.maximumBatchCount) rows; import them in parts"
        )
      }
      rows.append(try values(of: record, columns))
    }
    return rows
  }

  private func columns(
    of header: CSVRecords.Record
  ) throws(TableImportError) -> [TableSchema.Column] {
    var columns: [TableSchema.Column] = []
    for name in header.cells {
      guard let column = schema.column(named: name) else {
        let known = schema.columns.map { "\($0.name)" }.joined(separator: ", ")
        throw TableImportError(
          line: header.line,
          reason: "the table has no column \"\(name)\"; it has \(known.isEmpty ? "none" : known)"
        )
      }
      guard !columns.contains(column) else {
        throw TableImportError(line: header.line, reason: "the column \"\(name)\" stands twice")
      }
      columns.append(column)
    }
    return columns
  }

  private func values(
    of record: CSVRecords.Record,
    _ columns: [TableSchema.Column]
  ) throws(TableImportError) -> Object {
    var values = Object()
    for column in schema.columns { values[column.name] = column.initial }
    for (column, cell) in zip(columns, record.cells) where !cell.isEmpty {
      let value = Coercion.read(.text(cell), as: column.type.declared)
      guard column.type.holds(value) else {
        throw TableImportError(
          line: record.line,
          reason: "\"\(cell)\" in the column \"\(column.name)\" is no \(column.type.noun)"
        )
      }
      values[column.name] = value
    }
    return values
  }
}

extension CSVRecords {
  fileprivate mutating func nextRecord() throws(TableImportError) -> Record? {
    switch next() {
    case nil: return nil
    case .success(let record): return record
    case .failure(let error): throw TableImportError(line: error.line, reason: error.reason)
    }
  }
}

extension TableSchema.ColumnType {
  fileprivate var noun: String {
    switch self {
    case .text: "text"
    case .number: "number"
    case .boolean: "true or false"
    case .date: "date"
    }
  }
}
