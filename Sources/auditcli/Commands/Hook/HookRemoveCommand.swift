internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct HookRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a hook away; what it delivered stays.",
    discussion: """
      EXAMPLES
        auditcli hook remove breached-credentials
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var secrets: HookSecretOptions

  @Argument(help: ArgumentHelp("The hook.", valueName: "name"))
  var name: String

  func run() throws {
    let log = try global.openForWriting(creating: false)
    try HookRegistry(log).remove(name, by: .init(actor: actor.claimed, why: actor.reason))
    try secrets.secrets(global).change { $0.remove(name) }
    if global.json {
      Output.json(["hook": .text(Text(name)), "removed": .boolean(true)])
    } else {
      Output.line("\(name) is removed")
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}
