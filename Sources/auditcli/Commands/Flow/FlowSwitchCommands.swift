internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct FlowActivateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activate",
    abstract: "Make a version the one that events start.",
    discussion: """
      EXAMPLES
        auditcli --why "v2 misses mails" flow activate "Breached credential@1"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Argument(help: ArgumentHelp("The flow's version.", valueName: "f"))
  var flow: String

  func run() throws {
    let log = try global.openForWriting(creating: false)
    let registry = FlowRegistry(log)
    let version = try registry.resolve(flow)
    try registry.activate(version, by: .init(actor: actor.claimed, why: actor.reason))
    try FlowSwitch.write("\(version.label) is active", version, log, json: global.json)
  }
}

struct FlowDeactivateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deactivate",
    abstract: "Keep events from starting a flow.",
    discussion: """
      EXAMPLES
        auditcli flow deactivate "Breached credential"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Argument(help: ArgumentHelp("The flow.", valueName: "f"))
  var flow: String

  func run() throws {
    let log = try global.openForWriting(creating: false)
    let registry = FlowRegistry(log)
    let version = try registry.resolve(flow)
    try registry.deactivate(version, by: .init(actor: actor.claimed, why: actor.reason))
    try FlowSwitch.write("\(version.name) is switched off", version, log, json: global.json)
  }
}

/// What both commands answer.
private enum FlowSwitch {
  /// Writes a sentence, or the version as it now stands in the list of flows.
  static func write(
    _ sentence: String,
    _ version: RegisteredFlow,
    _ log: EventLog,
    json: Bool
  ) throws {
    if !json {
      Output.line(sentence.visible)
    } else if let now = try FlowRegistry(log).version(hash: version.hash) {
      Output.json(FlowListCommand.line(now))
    }
    Coverage(size: try log.size().count).write(json: json)
  }
}
