internal import ArgumentParser

struct NoticeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Notices of alerts: what was sent to whom, and what is in doubt.",
    discussion: """
      EXAMPLES
        auditcli notice list
        auditcli notice list --state in-doubt
        auditcli notice resolve n-3f0c81a4 sent --why "it is in the channel"
      """,
    subcommands: [NoticeListCommand.self, NoticeResolveCommand.self],
    defaultSubcommand: NoticeListCommand.self
  )
}
