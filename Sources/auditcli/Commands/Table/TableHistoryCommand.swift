internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

struct TableHistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Who changed a table or one of its rows, when, and to what; the latest first.",
    discussion: """
      A change by a flow names the execution and the step; `auditcli trace EXECUTION` tells what \
      started it.

      EXAMPLES
        auditcli table history "Access requests"
        auditcli table history "Access requests" --row 7
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("The table's name or id.", valueName: "t"))
  var table: String

  @Option(help: ArgumentHelp("Only of this row.", valueName: "id"))
  var row: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("At most that many.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit takes a number from 0 on.") }
  }

  func run() throws {
    let log = try global.openForReading()
    let entry = try TableCatalog(log).table(named: table)
    let all = try TableView(log).history(of: entry.schema.id, row: row.map { Text($0) })
    let entries = all.reversed().prefix(limit ?? .max)
    if global.json {
      for entry in entries { Output.json(Self.line(entry)) }
    } else if entries.isEmpty {
      Output.message("No changes.")
    } else {
      var text = TextTable(
        "TIME",
        "POSITION",
        "CHANGE",
        "ROW",
        "CELLS",
        "ACTOR",
        "EXECUTION",
        "STEP"
      )
      for entry in entries {
        text.add(
          TimeText.of(entry.recordedTime),
          "\(entry.position)",
          Self.word(entry.change),
          entry.row?.description ?? "",
          Self.cells(entry.change),
          entry.actor?.description ?? "",
          entry.execution?.description ?? "",
          entry.step?.description ?? ""
        )
      }
      text.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}

extension TableHistoryCommand {
  private static func word(_ change: TableEvent) -> String {
    switch change {
    case .rowCreated: "created"
    case .rowUpdated: "updated"
    case .rowDeleted: "deleted"
    case .tableCleared: "cleared"
    }
  }

  private static func values(_ change: TableEvent) -> Object? {
    switch change {
    case .rowCreated(_, _, _, let values), .rowUpdated(_, _, _, let values): values
    case .rowDeleted, .tableCleared: nil
    }
  }

  private static func cells(_ change: TableEvent) -> String {
    if case .tableCleared(_, let rows, _) = change { return "\(rows) rows" }
    guard let values = values(change) else { return "" }
    return values.map { "\($0.key)=\(Coercion.text(of: $0.value) ?? .empty)" }
      .joined(separator: ", ")
  }

  private static func line(_ entry: TableHistoryEntry) -> Object {
    var line: Object = [
      "position": .number(Double(entry.position.rawValue)),
      "time": .date(Instant(milliseconds: entry.recordedTime)),
      "change": .text(Text(word(entry.change))),
    ]
    line["row"] = entry.row.map { .text($0) }
    line["values"] = values(entry.change).map { .object($0) }
    if case .tableCleared(_, let rows, _) = entry.change { line["rows"] = .number(Double(rows)) }
    line["actor"] = entry.actor.map { .text($0) }
    line["execution"] = entry.execution.map { .text($0) }
    line["step"] = entry.step.map { .text($0) }
    return line
  }
}
