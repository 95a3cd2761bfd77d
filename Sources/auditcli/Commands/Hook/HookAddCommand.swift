internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct HookAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a hook, or change the one that has its name.",
    discussion: """
      The file is described in docs/hooks.md. A new hook gets a secret, which is shown once; one \
      that is changed keeps its own.

      EXAMPLES
        auditcli hook add breached-credentials.json
        auditcli hook add slack.json --secret-file signing-secret
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var secrets: HookSecretOptions
  @OptionGroup var given: GivenSecretOptions

  @Argument(help: ArgumentHelp("The hook's file.", valueName: "file"))
  var file: String

  func run() throws {
    let (definition, hook) = try HookFile.read(file)
    let log = try global.openForWriting()
    let registry = HookRegistry(log)
    if let flow = hook.flow { warn(of: flow, log) }
    let known = try registry.list().first { $0.hook.name == hook.name }
    let author = FlowRegistry.Author(actor: actor.claimed, why: actor.reason)
    let keeps = known?.credential != nil && known?.hook.proof == hook.proof
    guard hook.proof != .nothing, !keeps || given.secretFile != nil else {
      try registry.add(definition, credential: nil, by: author)
      return try HookAnswer(global, log).tell(hook, nil, isNew: known == nil)
    }
    let secret = try given.secret(for: hook)
    let now = ProcessWorld.now()
    // The secret is known before the hook is, so that no delivery is refused for want of it.
    let id = try secrets.secrets(global).add(secret.bytes, to: hook, endingOthers: now, at: now)
    try registry.add(definition, credential: id, by: author)
    try HookAnswer(global, log).tell(hook, secret, isNew: known == nil)
  }

  /// Says so where what is delivered would start nothing.
  private func warn(of flow: String, _ log: EventLog) {
    do {
      _ = try FlowRegistry(log).resolve(flow)
    } catch {
      Output.message(
        "What is delivered starts nothing yet: \(error). `auditcli flow add` adds flows."
      )
    }
  }
}
