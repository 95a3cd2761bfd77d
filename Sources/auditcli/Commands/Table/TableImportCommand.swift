internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

struct TableImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a row of each record of a CSV file, such as Okta exports; all or none.",
    discussion: """
      The header names columns of the table; columns that it does not name hold what a new row's \
      hold. Flows read the rows from then on. The same file twice makes every row twice.

      EXAMPLES
        auditcli table import "Access requests" requests.csv
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Argument(help: ArgumentHelp("The table's name or id.", valueName: "t"))
  var table: String

  @Argument(help: ArgumentHelp("The file; - for standard input.", valueName: "file"))
  var file: String

  func run() throws {
    let input = try InputFile(file)
    let log = try global.openForWriting(creating: false)
    let entry = try TableCatalog(log).table(named: table)
    let made: Int
    do {
      made = try TableImport(into: entry.schema, of: log).run(
        input.bytes,
        by: Text(actor.claimed),
        at: Instant(milliseconds: ProcessWorld.now())
      )
    } catch let error as TableImportError {
      throw Failure("\(file), line \(error.line): \(error.reason). Nothing was imported.")
    }
    if global.json {
      Output.json([
        "table": .text(entry.schema.id), "name": .text(entry.schema.name),
        "imported": .number(Double(made)),
      ])
    } else {
      Output.line("\(made) rows made in \(entry.schema.name)".visible)
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}
