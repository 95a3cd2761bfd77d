internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

struct TableExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the rows of a table as CSV; with --json as JSON Lines, which lose nothing.",
    discussion: """
      A text that a spreadsheet would take for a formula gets `'` in front. What is to be imported \
      again is exported with --raw.

      EXAMPLES
        auditcli table export "Access requests" > requests.csv
        auditcli table export "Access requests" --where "Status = open" --raw
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: TableOptions

  @Flag(help: "Write texts as they are, also those that spreadsheets take for formulas.")
  var raw = false

  func run() throws {
    let log = try global.openForReading()
    let (schema, rows) = try options.rows(in: log)
    if global.json {
      for row in rows { Output.json(TableShowCommand.line(row)) }
    } else {
      let csv = TableCSV(columns: schema.columns.map(\.name), guardsFormulas: !raw)
      Output.bytes(csv.content(of: rows).dropLast())
      let guarded = rows.reduce(0) { count, row in
        count + schema.columns.count { TableCSV.isFormula(row.value(of: $0.name)) }
      }
      if guarded > 0, !raw {
        Output.message(
          "\(guarded) texts got ' in front, so that no spreadsheet runs them; see --raw."
        )
      }
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}
