internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What a new version of a flow would have done over all of history.",
    discussion: """
      Runs every recorded execution of the first version through the second and compares effects and \
      results. Answers come from the recordings; where nobody has one, values stay unknown and the \
      verdict says so.

      EXIT STATUS
        2  a verdict other than identical or equivalent

      EXAMPLES
        auditcli diff "Breached credential@1" "Breached credential@2"
        auditcli diff notify@1 notify@2 --json --map oldCard=newCard
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("The version that ran.", valueName: "f"))
  var old: String

  @Argument(help: ArgumentHelp("The version to compare with.", valueName: "g"))
  var new: String

  @Option(help: ArgumentHelp("Cards that are the same under two ids.", valueName: "old=new"))
  var map: [String] = []

  func run() throws {
    let log = try global.openForReading()
    let registry = FlowRegistry(log)
    let (before, after) = (try registry.resolve(old), try registry.resolve(new))
    let differ = Differ(
      old: Program(try registry.closure(of: before)),
      new: Program(try registry.closure(of: after)), cards: .standard, map: try mappings())
    var report = DiffReport(differ)
    var table = TextTable("EXECUTION", "VERDICT", "PROOF", "CHANGES")
    let executions = Executions(log)
    for id in try executions.roots() {
      guard let recording = try executions.recording(id), recording.root.hash == before.hash else {
        continue
      }
      let result = differ.diff(recording, answers: .none)
      report.add(result)
      if global.json, case .object(let line) = result.value { Output.json(line) }
      table.add(
        id.description, result.verdict.rawValue, result.proof?.rawValue ?? "",
        result.changes.map { "\($0.kind.rawValue) \($0.path)" }.joined(separator: ", "))
    }
    if global.json, case .object(let line) = report.value {
      Output.json(line)
    } else if !global.json {
      writeText(table, report)
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if report.hasFindings { throw ExitStatus.found.exit }
  }

  private func mappings() throws -> [CardMapping] {
    try map.map { text in
      guard let mapping = CardMapping(parsing: Text(text)) else {
        throw Failure("--map \(text) is not of the form old=new.")
      }
      return mapping
    }
  }

  private func writeText(_ table: TextTable, _ report: DiffReport) {
    guard !table.isEmpty else {
      Output.message("No execution of \(old) is recorded.")
      return
    }
    table.write()
    Output.line("")
    for group in report.groups {
      Output.line(
        "\(group.count) × \(group.key.verdict.rawValue)  \(group.name.description.visible)")
    }
  }
}
