internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct RecipientRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Tell a recipient nothing any more; what it was sent stays listed.",
    discussion: """
      EXAMPLES
        auditcli recipient remove siem
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var secrets: RecipientSecretOptions

  @Argument(help: ArgumentHelp("The recipient.", valueName: "name"))
  var name: String

  func run() throws {
    let log = try global.openForWriting(creating: false)
    let registry = RecipientRegistry(log)
    let way = try registry.recipient(name).recipient.way
    try registry.remove(name, by: .init(actor: actor.claimed, why: actor.reason))
    if way.hasURL { try secrets.secrets(global).change { $0.remove(name) } }
    if global.json {
      Output.json(["recipient": .text(Text(name)), "removed": .boolean(true)])
    } else {
      Output.line("\(name) is removed")
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}
