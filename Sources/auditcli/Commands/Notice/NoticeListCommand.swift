internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct NoticeListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The notices, the latest first: to whom, of which alert, and what became of each.",
    discussion: """
      One that is in doubt went out, and nobody knows whether it was taken: it is not sent again before \
      `auditcli notice resolve` says so.

      EXAMPLES
        auditcli notice list
        auditcli notice list --recipient security --state failed
        auditcli notice list --alert bc-3f0c --json
      """
  )

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("Only those to this recipient.", valueName: "name"))
  var recipient: String?

  @Option(
    help: ArgumentHelp("Only those of this alert, by the beginning of its id.", valueName: "id")
  )
  var alert: String?

  @Option(
    help: ArgumentHelp(
      "Only those that stand so: \(Self.states.joined(separator: ", ")).",
      valueName: "state"
    )
  )
  var state: String?

  @Option(help: ArgumentHelp("At most that many.", valueName: "n"))
  var limit: Int?

  private static let states = Notice.State.allCases.map(\.rawValue)

  func validate() throws {
    guard state.map(Self.states.contains) ?? true else {
      throw ValidationError("--state takes \(Self.states.joined(separator: ", ")).")
    }
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit takes a number from 0 on.") }
  }

  func run() throws {
    let log = try global.openForReading()
    var book = NoticeBook()
    try book.read(log)
    let found = book.notices.reversed().filter(matches).prefix(limit ?? .max)
    var table = TextTable("NOTICE", "RECIPIENT", "KIND", "ALERT", "STATE", "TRIES", "FIRST", "LAST")
    for notice in found {
      guard !global.json else {
        Output.json(notice.json)
        continue
      }
      table.add(Self.row(notice))
      table.note(Self.notes(notice))
    }
    if !global.json { table.isEmpty ? Output.message("No notice.") : table.write() }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private func matches(_ notice: Notice) -> Bool {
    if let recipient, notice.recipient != recipient { return false }
    if let state, notice.state.rawValue != state { return false }
    guard let alert else { return true }
    return notice.topics.contains { $0.alert.description.hasPrefix(alert) }
  }

  private static func row(_ notice: Notice) -> [String] {
    let alert =
      switch notice.topics.count {
      case 0: ""
      case 1: notice.topics[0].alert.description
      default: "\(notice.topics.count) alerts"
      }
    return [
      notice.id, notice.recipient, notice.kind, alert, notice.state.rawValue,
      "\(notice.attempts)", TimeText.of(notice.requested), TimeText.of(notice.changed),
    ]
  }

  private static func notes(_ notice: Notice) -> [String] {
    var notes: [String] = []
    if let reason = notice.reason, notice.state != .sent {
      notes.append(reason + (notice.next.map { "; again at \(TimeText.of($0))" } ?? ""))
    }
    if let said = notice.resolution {
      let what = said.wasSent ? "sent" : "not sent"
      notes.append("\(what), says \(said.actor) \(TimeText.of(said.time)): \(said.why)")
    }
    return notes
  }
}
