internal import ArgumentParser
internal import Audit
internal import EventStore

struct RecipientRotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "Give a recipient another secret; a former one signs a while longer.",
    discussion: """
      A webhook's new secret is drawn and shown once; what goes there is signed with both while both are \
      valid. A Slack incoming webhook gets another URL. A server that runs need not be started anew.

      EXAMPLES
        auditcli recipient rotate siem
        auditcli recipient rotate siem --keep 0
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var secrets: RecipientSecretOptions

  @Option(
    help: ArgumentHelp("For how many hours the former secret signs too.", valueName: "hours")
  )
  var keep = 24

  @Option(
    help: ArgumentHelp(
      "The file with the new URL of a Slack incoming webhook, - for standard input.",
      valueName: "file"
    )
  )
  var slackHookFile: String?

  @Argument(help: ArgumentHelp("The recipient.", valueName: "name"))
  var name: String

  func validate() throws {
    guard (0...8760).contains(keep) else {
      throw ValidationError("--keep takes between 0 and 8760 hours.")
    }
  }

  func run() throws {
    let log = try global.openForWriting(creating: false)
    let registry = RecipientRegistry(log)
    let registered = try registry.recipient(name)
    let author = FlowRegistry.Author(actor: actor.claimed, why: actor.reason)
    switch registered.recipient.way {
    case .slack, .mail:
      throw Failure(
        "\(name) has no secret of its own: that of its connection stands in the connection file"
      )
    case .slackHook: try replaceURL(of: registered, registry, author, log)
    case .webhook: try draw(for: registered, registry, author, log)
    }
  }

  private func draw(
    for registered: RegisteredRecipient,
    _ registry: RecipientRegistry,
    _ author: FlowRegistry.Author,
    _ log: EventLog
  ) throws {
    guard slackHookFile == nil else {
      throw Failure("\(name) is a webhook, and --slack-hook-file of Slack's")
    }
    let now = ProcessWorld.now()
    let end = now + Int64(keep) * 3_600_000
    let drawn = try secrets.secrets(global).draw(for: name, endingOthers: end, at: now)
    try registry.rotate(name, credential: drawn.id, othersUntil: end, by: author)
    if !global.json {
      let former = keep == 0 ? "no longer signs" : "signs for \(keep) h too"
      Output.line("\(name) has the secret \(drawn.id); the former \(former)")
    }
    try RecipientAnswer(global, log).tell(registered.recipient, drawn.secret)
  }

  private func replaceURL(
    of registered: RegisteredRecipient,
    _ registry: RecipientRegistry,
    _ author: FlowRegistry.Author,
    _ log: EventLog
  ) throws {
    guard let slackHookFile else {
      throw Failure(
        "Slack makes the URL of \(name): name a file that holds it with --slack-hook-file"
      )
    }
    let url = try RecipientURL(file: slackHookFile)
    let recipient = try url.recipient(like: registered.recipient)
    try secrets.secrets(global).change { $0.set(url.text, of: name) }
    // Where its host is another, that is a new definition too.
    if recipient != registered.recipient {
      try registry.add(recipient, credential: nil, by: author)
    }
    try registry.rotate(name, credential: "url", othersUntil: ProcessWorld.now(), by: author)
    if !global.json { Output.line("\(name) has another URL") }
    try RecipientAnswer(global, log).tell(recipient, nil)
  }
}
