internal import Audit
internal import EventStore
internal import Values

/// What is told of a recipient that was added, changed, or got another secret.
struct RecipientAnswer {
  private let global: GlobalOptions
  private let log: EventLog

  init(_ global: GlobalOptions, _ log: EventLog) {
    self.global = global
    self.log = log
  }

  /// Tells where its notices go, and once what they are signed with.
  func tell(_ recipient: Recipient, _ secret: String?) throws {
    if global.json {
      Output.json([
        "recipient": .text(Text(recipient.name)), "way": .text(Text(recipient.way.rawValue)),
        "to": .text(Text(recipient.target)), "secret": secret.map { .text(Text($0)) } ?? .null,
      ])
    } else {
      Output.line("  \(recipient.way.rawValue)  \(recipient.target.visible)")
      if let secret {
        Output.line("  signed  by Standard Webhooks 1.0")
        Output.line("  secret  \(secret)")
        Output.message("The secret is shown this once.")
      }
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}
