internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct TokenRevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Take a token back; a server that runs refuses it within a second.",
    discussion: """
      EXAMPLES
        auditcli token revoke collector --why "left the team"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Argument(help: ArgumentHelp("The token.", valueName: "name"))
  var name: String

  func run() throws {
    let log = try global.openForWriting(creating: false)
    try AccessTokenRegistry(log).revoke(
      name,
      by: .init(actor: actor.claimed, why: actor.reason)
    )
    if global.json {
      Output.json(["token": .text(Text(name)), "revoked": .boolean(true)])
    } else {
      Output.line("\(name) is revoked")
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}
