internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run recorded executions again, without the world, and compare every step.",
    discussion: """
      Answers come from the recording; nothing is sent. Each execution is identical, or diverges at \
      the first step that differs.

      EXIT STATUS
        2  an execution diverges

      EXAMPLES
        auditcli replay --all
        auditcli replay 8d2f1c3e-… --json
        auditcli replay --failed
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("Root executions.", valueName: "x"))
  var executions: [String] = []

  @Flag(help: "Every execution.")
  var all = false

  @Flag(help: "Every execution that failed.")
  var failed = false

  func validate() throws {
    guard all || failed || !executions.isEmpty else {
      throw ValidationError("Name executions, or give --all or --failed.")
    }
  }

  func run() throws {
    let log = try global.openForReading()
    let programs = RecordedPrograms(log)
    var summary = ReplaySummary()
    var table = TextTable("EXECUTION", "VERDICT", "STEP", "KIND")
    for recording in try recordings(log) {
      let result = Replayer.replay(recording, try programs.program(of: recording), cards: .standard)
      summary.add(result)
      if global.json, case .object(let line) = result.value { Output.json(line) }
      table.add(
        result.execution.description, result.verdict.description,
        result.divergence?.step.description ?? "", result.divergence?.kind.rawValue ?? "")
    }
    if global.json, case .object(let line) = summary.value {
      Output.json(line)
    } else if !global.json {
      table.write()
      Output.line("")
      Output.line(
        "\(summary.identical) identical, \(summary.diverged) diverged, \(summary.skipped) skipped")
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if summary.hasFindings { throw ExitStatus.found.exit }
  }

  private func recordings(_ log: EventLog) throws -> [Recording] {
    let reader = Executions(log)
    let ids = executions.isEmpty ? try reader.roots() : executions.map { Text($0) }
    return try ids.compactMap { id in
      guard let recording = try reader.recording(id) else {
        throw Failure("there is no execution \(id). `auditcli history` lists them.")
      }
      return failed && recording.end?.status != .failed ? nil : recording
    }
  }
}

/// The programs that recordings were made with, each compiled once.
final class RecordedPrograms {
  private let log: EventLog
  private var programs: [Text: Program] = [:]

  init(_ log: EventLog) {
    self.log = log
  }

  /// The program of the flow version that a recording names.
  func program(of recording: Recording) throws -> Program {
    let hash = recording.root.hash
    if let known = programs[hash] { return known }
    let registry = FlowRegistry(log)
    guard let flow = try registry.version(hash: hash) else {
      throw Failure("the flow version \(hash) is not in the log; add its export.")
    }
    let program = Program(try registry.closure(of: flow))
    programs[hash] = program
    return program
  }
}
