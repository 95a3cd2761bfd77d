internal import ArgumentParser
internal import Audit
internal import EventStore

struct HookRotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "Give a hook another secret; the former one is valid a while longer.",
    discussion: """
      EXAMPLES
        auditcli hook rotate breached-credentials
        auditcli hook rotate breached-credentials --keep 0
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var secrets: HookSecretOptions
  @OptionGroup var given: GivenSecretOptions

  @Option(
    help: ArgumentHelp(
      "For how many hours the former secret is valid too.",
      valueName: "hours"
    )
  )
  var keep = 24

  @Argument(help: ArgumentHelp("The hook.", valueName: "name"))
  var name: String

  func validate() throws {
    guard (0...8760).contains(keep) else {
      throw ValidationError("--keep takes between 0 and 8760 hours.")
    }
  }

  func run() throws {
    let log = try global.openForWriting(creating: false)
    let registry = HookRegistry(log)
    let hook = try registry.hook(name).hook
    guard hook.proof != .nothing else {
      throw Failure("the hook \(name) takes no secret: its `proof` is `nothing`")
    }
    let secret = try given.secret(for: hook)
    let now = ProcessWorld.now()
    let end = now + Int64(keep) * 3_600_000
    let id = try secrets.secrets(global).add(secret.bytes, to: hook, endingOthers: end, at: now)
    try registry.rotate(
      name,
      credential: id,
      othersUntil: end,
      by: .init(actor: actor.claimed, why: actor.reason)
    )
    if !global.json {
      let former = keep == 0 ? "no longer valid" : "valid for \(keep) h"
      Output.line("\(name) has the secret \(id); the former is \(former)")
    }
    try HookAnswer(global, log).tell(hook, secret, isNew: nil)
  }
}
