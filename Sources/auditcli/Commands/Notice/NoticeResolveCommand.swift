internal import ArgumentParser
internal import Audit
internal import EventStore

struct NoticeResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Say whether a notice that is in doubt was taken; where not, it is sent again.",
    discussion: """
      Look into the channel or mailbox first. A notice that failed is sent again by `not-sent` too, and \
      one that waits at once, which lets those through that wait behind it. The id, or its first characters, is as `notice list` lists it.

      EXAMPLES
        auditcli notice resolve n-3f0c81a4 sent --why "it is in the channel"
        auditcli notice resolve n-3f0c81a4 not-sent --why "the channel has nothing"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Argument(help: ArgumentHelp("The notice.", valueName: "id"))
  var notice: String

  @Argument(help: ArgumentHelp("What became of it: sent or not-sent.", valueName: "outcome"))
  var outcome: String

  func validate() throws {
    guard ["sent", "not-sent"].contains(outcome) else {
      throw ValidationError("Say sent or not-sent.")
    }
  }

  func run() throws {
    guard let why = actor.reason else {
      throw Failure("say how you know with --why; it is kept with your word")
    }
    let log = try global.openForWriting(creating: false)
    var book = NoticeBook()
    try book.read(log)
    let found = try find(in: book)
    let wasSent = outcome == "sent"
    try check(found, wasSent: wasSent, in: log)
    try NoticeJournal(log).resolve(
      found,
      wasSent: wasSent,
      by: .init(actor: actor.claimed, why: why)
    )
    try book.read(log)
    if global.json {
      if let notice = book[found.id] { Output.json(notice.json) }
    } else {
      Output.line(
        wasSent
          ? "\(found.id) counts as sent" : "\(found.id) is sent again by the server, at once"
      )
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private func find(in book: NoticeBook) throws -> Notice {
    if let exact = book[notice] { return exact }
    let found = notice.count < 4 ? [] : book.notices.filter { $0.id.hasPrefix(notice) }
    guard found.count < 2 else {
      throw Failure(
        "\(notice) is the beginning of \(found.prefix(5).map(\.id).joined(separator: ", "))"
      )
    }
    guard let only = found.first else {
      throw Failure("there is no notice \(notice). `auditcli notice list` lists them.")
    }
    return only
  }

  private func check(_ notice: Notice, wasSent: Bool, in log: EventLog) throws {
    switch notice.state {
    case .doubted, .failed: break
    case .sending:
      guard try notice.isTest || !NoticeDesk.isServed(log) else {
        throw Failure("\(notice.id) is being sent now; look again when it was answered")
      }
    case .sent: throw Failure("\(notice.id) was sent; there is nothing to resolve")
    case .waiting:
      guard !wasSent else {
        throw Failure(
          "\(notice.id) was certainly not taken, and is sent again anyway; `not-sent` does so at once"
        )
      }
    }
    guard !wasSent else { return }
    guard !notice.isTest else {
      throw Failure("a test is not sent again; `auditcli recipient test` sends another")
    }
    let names = try RecipientRegistry(log).list().map(\.recipient.name)
    guard names.contains(notice.recipient) else {
      throw Failure(
        "the recipient \(notice.recipient) is no longer there, so that nothing can be sent to it; "
          + "`auditcli recipient add` adds it again"
      )
    }
  }
}
