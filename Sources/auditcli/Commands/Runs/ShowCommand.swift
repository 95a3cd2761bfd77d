internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "An execution with its steps, or an event by its position.",
    discussion: """
      EXAMPLES
        auditcli show 41
        auditcli show 8d2f1c3e-… --tree
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("A root execution's id, or an event's position.", valueName: "x"))
  var subject: String

  @Flag(help: "The steps of called flows and loop items too.")
  var tree = false

  func run() throws {
    let log = try global.openForReading()
    if let position = UInt64(subject) {
      guard let event = try log.event(at: Position(position)) else {
        throw Failure("the log ends before position \(position)")
      }
      Output.bytes(ExportLine.bytes(event))
    } else {
      write(try recording(in: log))
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private func recording(in log: EventLog) throws -> Recording {
    if let recording = try RecordingReader(log).recording(of: Text(subject)) { return recording }
    guard try HistoryView(log).execution(Text(subject)) == nil else {
      throw Failure("\(subject) was run by Okta, which tells of no steps.")
    }
    throw Failure("there is no execution \(subject). `auditcli history` lists them.")
  }

  private func write(_ recording: Recording) {
    let steps = recording.steps.filter { tree || $0.execution == recording.root.execution }
    guard !global.json else {
      for step in steps { Output.json(Self.line(step)) }
      return
    }
    var table = TextTable("STEP", "CARD", "STATUS", "OUTPUTS")
    for step in steps {
      let result = step.error.map { $0.error.message.description }
      table.add(
        step.path.description,
        step.name.description,
        step.status.rawValue,
        result ?? JSON.text(.object(step.outputs)).description
      )
    }
    table.write()
  }

  private static func line(_ step: RecordedStep) -> Object {
    [
      "execution": .text(step.execution), "step": .text(step.path), "card": .text(step.card),
      "address": .text(step.address), "name": .text(step.name),
      "status": .text(Text(step.status.rawValue)), "inputs": .object(step.shownInputs),
      "outputs": .object(step.outputs), "error": step.error.map { .object($0.value) } ?? .null,
      "effect": step.requests.last.map { $0.request } ?? .null,
    ]
  }
}
