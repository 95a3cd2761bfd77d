internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct RecipientListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the recipients, what they are told of, and how their notices stand.",
    discussion: """
      WAITING counts what is to be told and was not yet, and what is sent again later.

      EXAMPLES
        auditcli recipient list
        auditcli --json recipient list
      """
  )

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let log = try global.openForReading()
    var desk = try NoticeDesk(log)
    while try desk.look(at: ProcessWorld.now()) {}
    let recipients = try RecipientRegistry(log).list()
    var table = TextTable([
      "RECIPIENT", "WAY", "WHERE", "ON", "AFTER", "SEVERITY", "SENT", "WAITING", "FAILED",
      "IN DOUBT", "SINCE", "BY",
    ])
    for registered in recipients {
      let tally = Tally(registered.recipient.name, desk)
      if global.json {
        Output.json(Self.line(registered, tally))
      } else {
        table.add(Self.row(registered, tally))
        table.note(tally.lastFailure.map { ["last not taken: \($0)"] } ?? [])
      }
    }
    if recipients.isEmpty, !global.json {
      Output.line("There is no recipient; `auditcli recipient add NAME` adds one.")
    } else if !global.json {
      table.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}

/// How many notices of a recipient stand how.
private struct Tally {
  let sent: Int
  let waiting: Int
  let failed: Int
  let inDoubt: Int
  /// When the last one was taken, in milliseconds since 1970.
  let lastSent: Int64?
  /// Why the newest was not taken, where it was not.
  let lastFailure: String?

  init(_ recipient: String, _ desk: NoticeDesk) {
    let own = desk.notices.filter { $0.recipient == recipient }
    func count(_ states: Notice.State...) -> Int { own.count { states.contains($0.state) } }
    sent = count(.sent)
    waiting = count(.waiting, .sending) + desk.dueCount(for: recipient)
    failed = count(.failed)
    inDoubt = count(.doubted)
    lastSent = own.filter { $0.state == .sent }.map(\.changed).max()
    lastFailure = own.max { $0.changed < $1.changed }
      .flatMap { $0.state == .sent || $0.state == .sending ? nil : $0.reason }
  }
}

extension RecipientListCommand {
  private static func row(_ registered: RegisteredRecipient, _ tally: Tally) -> [String] {
    let (recipient, terms) = (registered.recipient, registered.recipient.terms)
    return [
      recipient.name, recipient.way.rawValue, recipient.target, reasons(terms),
      terms.reasons.contains(.unhandled) ? "\(terms.after / 1000) s" : "",
      terms.severity.rawValue, "\(tally.sent)", "\(tally.waiting)", "\(tally.failed)",
      "\(tally.inDoubt)", TimeText.of(registered.since), registered.actor,
    ]
  }

  private static func reasons(_ terms: NoticeTerms) -> String {
    NoticeReason.allCases.filter(terms.reasons.contains).map(\.rawValue).joined(separator: ",")
  }

  private static func line(_ registered: RegisteredRecipient, _ tally: Tally) -> Object {
    var line = registered.json
    line["sent"] = .number(Double(tally.sent))
    line["waiting"] = .number(Double(tally.waiting))
    line["failed"] = .number(Double(tally.failed))
    line["inDoubt"] = .number(Double(tally.inDoubt))
    line["lastSent"] = tally.lastSent.map { .text(Instant(milliseconds: $0).iso8601) } ?? .null
    line["lastFailure"] = tally.lastFailure.map { .text(Text($0)) } ?? .null
    return line
  }
}
