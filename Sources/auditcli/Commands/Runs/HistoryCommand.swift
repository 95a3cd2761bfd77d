internal import ArgumentParser
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "The executions of the log, the latest first.",
    discussion: """
      EXAMPLES
        auditcli history
        auditcli history --status failed --limit 10
        auditcli history --flow "Breached credential" --json
      """)

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("Only of this flow.", valueName: "name"))
  var flow: String?

  @Option(
    help: ArgumentHelp(
      "Only those that stand so: succeeded, stopped, failed, running.", valueName: "status"))
  var status: String?

  @Option(help: ArgumentHelp("At most that many.", valueName: "n"))
  var limit: Int?

  func run() throws {
    let log = try global.openForReading()
    let executions = Executions(log)
    var table = TextTable("STARTED", "EXECUTION", "FLOW", "STATUS", "STEPS", "ERROR")
    var shown = 0
    for id in try executions.roots().reversed() {
      guard shown < limit ?? .max, let entry = try executions.entry(id), isWanted(entry) else {
        continue
      }
      shown += 1
      guard !global.json else {
        Output.json(entry.line)
        continue
      }
      let version = entry.recording.root.version.map { "@\($0)" } ?? ""
      table.add(
        entry.started.map(TimeText.of) ?? "", id.description,
        entry.recording.root.flowName.description + version, entry.status,
        String(entry.recording.end?.stepCount ?? entry.recording.steps.count),
        entry.recording.end?.error?.error.message.description ?? "")
    }
    if !global.json {
      table.isEmpty ? Output.message("No execution.") : table.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private func isWanted(_ entry: ExecutionEntry) -> Bool {
    let name = entry.recording.root.flowName.description
    return (flow.map { $0 == name } ?? true) && (status.map { $0 == entry.status } ?? true)
  }
}
