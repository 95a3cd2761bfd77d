internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

/// Which rows of a table a command is about.
struct TableOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The table's name or id.", valueName: "t"))
  var table: String

  @Option(
    help: ArgumentHelp(
      "Only rows for which it holds: a column, one of = != < <= > >=, and a value; all of several.",
      valueName: "condition"
    )
  )
  var `where`: [String] = []

  @Option(
    help: ArgumentHelp(
      "Sorted by a column, or by Created or Updated; column:desc the greatest first.",
      valueName: "column"
    )
  )
  var sort: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("At most that many.", valueName: "n"))
  var limit: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Without the first that many.", valueName: "n")
  )
  var offset = 0

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("As it was when the log had so many events.", valueName: "position")
  )
  var asOf: UInt64?
}

extension TableOptions {
  func validate() throws {
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit takes a number from 0 on.") }
    guard offset >= 0 else { throw ValidationError("--offset takes a number from 0 on.") }
  }

  /// The table and those of its rows that are asked for.
  ///
  /// - Throws: `TableCatalogError`; `Failure` where an option does not fit the table.
  func rows(in log: EventLog) throws -> (table: TableSchema, rows: [TableRow]) {
    let entry = try TableCatalog(log).table(named: table)
    let size = try log.size().count
    if let asOf, asOf > size {
      throw Failure("The log has \(size) events; --as-of takes at most that.")
    }
    let view = TableView(log)
    let id = entry.schema.id
    let rows = try asOf.map { try view.rows(of: id, before: Position($0)) } ?? view.rows(of: id)
    // What rows hold is shown, though no definition names it any more.
    var held: [TableSchema.Column] = []
    var names: Set<Text> = []
    for row in rows {
      for name in row.values.keys where names.insert(name).inserted {
        held.append(TableSchema.Column(name: name, type: .text))
      }
    }
    let schema = entry.schema.joined(with: held)
    return (schema, try selection(of: schema).rows(of: rows))
  }

  private func selection(of schema: TableSchema) throws -> TableSelection {
    var selection = TableSelection(schema)
    for condition in `where` {
      do throws(TableConditionError) {
        try selection.require(Text(condition))
      } catch {
        throw Failure("--where \"\(condition)\": \(error). \(Self.names(schema))")
      }
    }
    if let sort {
      let isDescending = sort.hasSuffix(":desc")
      let hasOrder = isDescending || sort.hasSuffix(":asc")
      let name = hasOrder ? String(sort[..<(sort.lastIndex(of: ":") ?? sort.endIndex)]) : sort
      guard selection.has(Text(name)) else {
        throw Failure("--sort: the table has no column \"\(name)\". \(Self.names(schema))")
      }
      selection.sortColumn = Text(name)
      selection.isDescending = isDescending
    }
    selection.limit = limit
    selection.offset = offset
    return selection
  }

  private static func names(_ schema: TableSchema) -> String {
    let own = ["Row ID", "Created", "Updated"].filter { schema.column(named: Text($0)) == nil }
    let columns = schema.columns.map { "\($0.name)" } + own
    return "Rows have \(columns.joined(separator: ", "))."
  }
}
