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
    Output.line("\(version.label.description.visible) is active")
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
    Output.line("\(version.name.description.visible) is switched off")
  }
}
