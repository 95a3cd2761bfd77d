internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "The executions of the log, the latest first.",
    discussion: """
      Those that ran here, and those that Okta ran and told of (mode observed). Of each tree the \
      root alone is listed; --tree puts what it called below it, --all lists called executions like \
      any other. The order is that of the log, the newest first: what was recorded last stands above, \
      also where Okta told of it late. --since and --until are about when an execution began.

      EXAMPLES
        auditcli history
        auditcli history --status failed --limit 10
        auditcli history --flow "Breached credential@1" --since 2026-09-01 --json
        auditcli history --all --since 2026-09-14 --until 2026-09-15T12:00:00Z
        auditcli history --mode observed --tree
        auditcli history --trigger 65
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: HistoryOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("At most that many.", valueName: "n"))
  var limit: Int?

  @Flag(help: "Below each what it called: helpers and items of lists.")
  var tree = false

  @Flag(help: "Called executions too, each by itself.")
  var all = false

  func validate() throws {
    guard !(tree && all) else { throw ValidationError("Give --tree or --all, not both.") }
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit takes a number from 0 on.") }
  }

  func run() throws {
    let log = try global.openForReading()
    let history = HistoryView(log)
    var query = try options.query(in: log)
    query.limit = limit ?? .max
    query.depth = all ? .all : .roots
    var rows = try history.entries(query).map { HistoryTable.Row(entry: $0, depth: 0) }
    if rows.isEmpty { try options.checkTrigger(in: log) }
    if tree { rows = try rows.flatMap { try history.rows(below: $0) } }
    if global.json {
      for row in rows { Output.json(row.entry.json) }
    } else if rows.isEmpty {
      let hint = options.flow == nil || all ? "" : " --all lists called ones too."
      Output.message("No execution.\(hint)")
    } else {
      HistoryTable(rows).write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}

extension HistoryView {
  /// A row, and behind it those of what it called, in the order in which they began.
  fileprivate func rows(below row: HistoryTable.Row) throws -> [HistoryTable.Row] {
    var rows: [HistoryTable.Row] = []
    var pending = [row]
    // Who sends an execution log says what called what, so it may say that they called each other.
    var seen: Set<Text> = []
    while let next = pending.popLast() {
      guard seen.insert(next.entry.execution).inserted else { continue }
      rows.append(next)
      pending += try children(of: next.entry.execution).reversed().map {
        HistoryTable.Row(entry: $0, depth: next.depth + 1)
      }
    }
    return rows
  }
}
