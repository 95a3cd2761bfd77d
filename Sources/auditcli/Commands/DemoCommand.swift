internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Foundation
internal import Replay
internal import Values

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The main job end to end, in a fresh store: a story of breached passwords.",
    discussion: """
      EXAMPLES
        auditcli --store /tmp/demo demo --fixtures fixtures
      """
  )

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("The folder of the shipped fixtures.", valueName: "dir"))
  var fixtures = "fixtures"

  func run() throws {
    let data = global.storePath + "/data.mdb"
    guard !FileManager.default.fileExists(atPath: data) else {
      throw Failure("\(global.storePath) holds a store already. The demo wants a fresh one.")
    }
    let export = "\(fixtures)/flows/breached-password-v1.flopack"
    guard FileManager.default.fileExists(atPath: export) else {
      throw Failure("\(fixtures) is not the folder of the shipped fixtures; name it by --fixtures.")
    }
    try addFlowAndEvents()
    try look()
    try repair()
    tell("")
    tell(
      "The store of this demo is in \(global.storePath). Ask it yourself: auditcli --store "
        + "\(global.storePath) history"
    )
  }

  private func addFlowAndEvents() throws {
    try scene("A flow, as Okta exports it, is added to a new log.")
    try show(["flow", "add", "\(fixtures)/flows/breached-password-v1.flopack"])
    try scene("A day's System Log comes in, then deliveries of breached passwords start the flow.")
    try show([
      "ingest", "--origin", "https://acme.example.com", "\(fixtures)/events/system-log.ndjson",
    ])
    try show([
      "ingest", "--hook", "\(fixtures)/hooks/breached-credentials.json", "--start", "--answers",
      "\(fixtures)/answers/demo.json", "\(fixtures)/events/breached-credential-deliveries.ndjson",
    ])
  }

  private func look() throws {
    try scene("Some runs failed: somebody has no Slack account. Who was not warned?")
    try show(["history"])
    try show(["alerts"])
    try scene("Who triggered this message? From the step back to its cause.")
    try show(["trace", try messageStep(), "--up"])
    try show(["search", "eventType sw \"security.\"", "--limit", "3"])
  }

  private func repair() throws {
    try scene("Every run is replayed from the log, without the world: nothing differs.")
    try show(["replay", "--all"])
    try scene("A second version warns people without Slack too. What would it have done?")
    try show(["flow", "add", "\(fixtures)/flows/breached-password-v2.flopack"])
    try show(["diff", "Breached credential@1", "Breached credential@2"])
    try scene("And the log is what it was: every byte is hashed again.")
    try show(["verify", "--deep"])
  }

  /// The first step that wrote to Slack.
  private func messageStep() throws -> String {
    let log = try global.openForReading()
    for entry in try HistoryView(log).entries().reversed() {
      guard let recording = try RecordingReader(log).recording(of: entry.execution),
        let step = recording.steps.first(where: { $0.name == "Send Direct Message" })
      else { continue }
      return "\(step.execution)/\(step.path)"
    }
    throw Failure("the fixtures hold no message; is \(fixtures) what --fixtures should name?")
  }

  private func scene(_ text: String) throws {
    tell("")
    tell(Style.strong("── \(text)"))
  }

  /// Tells the story: beside the commands' text, apart from their lines of JSON.
  private func tell(_ text: String) {
    global.json ? Output.message(text) : Output.line(text)
  }

  /// Runs a command of the program and shows how it is called.
  private func show(_ arguments: [String]) throws {
    let words = arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }
    tell("")
    tell(Style.notable("$ auditcli \(words.joined(separator: " "))"))
    let options = ["--store", global.storePath] + (global.json ? ["--json"] : [])
    var command = try AuditCLI.parseAsRoot(arguments + options)
    do {
      try command.run()
    } catch let status as ExitCode where status.rawValue != ExitStatus.couldNot.rawValue {
      // What was found is part of the story.
    }
    Output.flush()
  }
}
