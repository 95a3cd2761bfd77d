internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

struct TableShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "The rows of a table, in the order in which they were made.",
    discussion: """
      EXAMPLES
        auditcli table show "Access requests"
        auditcli table show "Access requests" --where "Status != done" --where "Created >= 2026-09-01"
        auditcli table show "Access requests" --as-of 1200 --json
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: TableOptions

  func run() throws {
    let log = try global.openForReading()
    let (schema, rows) = try options.rows(in: log)
    if global.json {
      for row in rows { Output.json(Self.line(row)) }
    } else if rows.isEmpty {
      Output.message("No rows.")
    } else {
      write(rows, schema)
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private func write(_ rows: [TableRow], _ schema: TableSchema) {
    let columns = schema.columns.map(\.name)
    var table = TextTable(["ROW"] + columns.map { "\($0)" } + ["UPDATED"])
    for row in rows {
      let cells = columns.map { Coercion.text(of: row.value(of: $0))?.description ?? "" }
      table.add(["\(row.id)"] + cells + [TimeText.of(row.updated.milliseconds)])
    }
    table.write()
  }

  /// A row as a line of JSON.
  static func line(_ row: TableRow) -> Object {
    [
      "row": .text(row.id), "created": .date(row.created), "updated": .date(row.updated),
      "values": .object(row.values),
    ]
  }
}
