internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct RecipientAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a recipient of notices, or change the one that has its name.",
    discussion: """
      It is told of alerts that are opened from then on, by `auditcli serve`. A webhook gets a secret, \
      which is shown once; one that is changed keeps its own. The URL of a Slack incoming webhook is \
      itself a secret, and is read from a file; so is one of a webhook that has a secret in it, by \
      --webhook-file, since all who use the machine can see command lines.

      EXAMPLES
        auditcli recipient add security --slack C0123456789 --severity high
        auditcli recipient add on-call --mail on-call@example.com --on unhandled --after 30m
        auditcli recipient add siem --webhook https://siem.example.com/auditcli
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var secrets: RecipientSecretOptions

  @Argument(help: ArgumentHelp("What it is called.", valueName: "name"))
  var name: String

  @OptionGroup var way: RecipientWayOptions
  @OptionGroup var terms: NoticeTermOptions

  func validate() throws {
    guard Recipient.isName(name) else {
      throw ValidationError("A recipient's name has letters, digits, `-`, `_` and `.`.")
    }
    try way.validate()
  }

  func run() throws {
    let (recipient, url) = try way.recipient(name, try terms.terms())
    let log = try global.openForWriting()
    let registry = RecipientRegistry(log)
    let known = try registry.list().first { $0.recipient.name == name }
    let file = secrets.secrets(global)
    let now = ProcessWorld.now()
    // What it is reached by is known before the recipient is, so that no notice fails for want of it.
    let isOther =
      known.map { $0.recipient.way.hasURL && $0.recipient.way != recipient.way } ?? false
    if url != nil || isOther {
      try file.change { secrets in
        if isOther { secrets.remove(name) }
        if let url { secrets.set(url, of: name) }
      }
    }
    var drawn: (id: String, secret: String)?
    // A secret that the log knows of and the file has lost signs nothing.
    let keeps = try !isOther && !file.read().signing(for: name, at: now).isEmpty
    if recipient.way == .webhook, !keeps {
      drawn = try file.draw(for: name, endingOthers: now, at: now)
    }
    try registry.add(
      recipient,
      credential: drawn?.id,
      by: .init(actor: actor.claimed, why: actor.reason)
    )
    if !global.json { Output.line("\(name) is \(known == nil ? "added" : "changed")") }
    try RecipientAnswer(global, log).tell(recipient, drawn?.secret)
  }
}
