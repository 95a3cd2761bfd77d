internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct RecipientTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Send a recipient a message that says that it is a test.",
    discussion: """
      It goes the way that notices go, once, whether or not a server runs, and is listed by `auditcli \
      notice list`.

      EXIT STATUS
        2  it was not taken, or nobody knows

      EXAMPLES
        auditcli recipient test security
        auditcli recipient test on-call --connections connections.yaml
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var secrets: RecipientSecretOptions
  @OptionGroup var services: ConnectionOptions

  @Argument(help: ArgumentHelp("The recipient.", valueName: "name"))
  var name: String

  func run() throws {
    try CoreFiles.forbid()
    let log = try global.openForWriting(creating: false)
    let recipient = try RecipientRegistry(log).recipient(name).recipient
    var desk = try NoticeDesk(log)
    let letter = desk.test(recipient, at: ProcessWorld.now())
    let services = services
    let post = NoticePost(
      services: { try services.services() },
      secrets: secrets.secrets(global)
    )
    let request = try desk.begin(letter)
    let outcome = post.send(letter)
    let notice = try desk.end(letter, outcome, request: request, at: ProcessWorld.now())
    if let notice {
      if global.json {
        Output.json(notice.json)
      } else {
        let reason = notice.reason.map { ": \($0)" } ?? ""
        let line = "\(name)  \(notice.state.rawValue)\(reason)".visible
        Output.line(notice.state == .sent ? line : Style.bad(line))
      }
    }
    Coverage(size: try log.size().count).write(json: global.json)
    guard notice?.state == .sent else { throw ExitStatus.found.exit }
  }
}
