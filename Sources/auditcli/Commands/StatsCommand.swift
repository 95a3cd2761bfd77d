internal import ArgumentParser
internal import EventStore
internal import Values

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "How many events there are and what they take on disk.",
    discussion: """
      EXAMPLES
        auditcli stats
        auditcli stats --json
      """
  )

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let log = try global.openForReading()
    let statistics = try log.statistics()
    let views = try log.views()
    global.json ? writeJSON(statistics, views) : writeText(statistics, views)
    Coverage(size: statistics.events).write(json: global.json)
  }

  private func writeText(_ statistics: LogStatistics, _ views: [EventLog.ViewStatus]) {
    Output.line("\(statistics.events) events, \(statistics.sealed) of them in sealed segments")
    Output.line("\(statistics.fileBytes) bytes used in \(global.storePath)/data.mdb")
    Output.line("")
    var table = TextTable("TABLE", "ROWS", "BYTES", "VIEW")
    for part in statistics.parts {
      let view = views.first { "projection." + $0.name == part.name }
      let status = view.map { $0.failure.map { "degraded: \($0)" } ?? "version \($0.version)" }
      table.add(part.name, String(part.rows), String(part.bytes), status ?? "")
    }
    table.write()
  }

  private func writeJSON(_ statistics: LogStatistics, _ views: [EventLog.ViewStatus]) {
    Output.json([
      "events": .number(Double(statistics.events)),
      "sealed": .number(Double(statistics.sealed)),
      "bytes": .number(Double(statistics.fileBytes)),
      "mapSize": .number(Double(statistics.mapSize)),
      "tables": .list(
        statistics.parts.map { part in
          [
            "name": .text(Text(part.name)), "rows": .number(Double(part.rows)),
            "bytes": .number(Double(part.bytes)),
          ]
        }
      ),
      "views": .list(
        views.map { view in
          [
            "name": .text(Text(view.name)), "version": .number(Double(view.version)),
            "rows": .number(Double(view.rows)),
            "degraded": view.failure.map { .text(Text($0)) } ?? .null,
          ]
        }
      ),
    ])
  }
}
