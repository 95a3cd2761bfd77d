internal import ArgumentParser

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "The tables that flows read and write: rows, changes, export and import.",
    discussion: """
      T is a table's name or id. Every change of a row is an event of the log.

      EXAMPLES
        auditcli table list
        auditcli table show "Access requests" --where "Status = open" --sort Created:desc
        auditcli table history "Access requests" --row 7
        auditcli table export "Access requests" > requests.csv
        auditcli table import "Access requests" requests.csv
      """,
    subcommands: [
      TableListCommand.self, TableShowCommand.self, TableHistoryCommand.self,
      TableExportCommand.self, TableImportCommand.self,
    ]
  )
}
