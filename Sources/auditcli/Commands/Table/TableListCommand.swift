internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

struct TableListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The tables that flows name or that were ever written.",
    discussion: """
      EXAMPLES
        auditcli table list
        auditcli table list --json
      """
  )

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let log = try global.openForReading()
    let tables = try TableCatalog(log).all()
    if global.json {
      for table in tables { Output.json(Self.line(table)) }
    } else if tables.isEmpty {
      Output.message("No flow of the log names a table.")
    } else {
      var text = TextTable("TABLE", "ID", "ROWS", "EVENTS", "COLUMNS", "FLOW")
      for table in tables {
        text.add(
          table.schema.name.description,
          table.schema.id.description,
          String(table.rows),
          String(table.events),
          table.schema.columns.map { "\($0.name)" }.joined(separator: ", "),
          table.flows.map { "\($0)" }.joined(separator: ", ")
        )
      }
      text.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private static func line(_ table: TableCatalog.Entry) -> Object {
    [
      "table": .text(table.schema.id), "name": .text(table.schema.name),
      "rows": .number(Double(table.rows)), "events": .number(Double(table.events)),
      "columns": .list(
        table.schema.columns.map { ["name": .text($0.name), "type": .text($0.type.word)] }
      ),
      "flows": .list(table.flows.map { .text($0) }),
    ]
  }
}
