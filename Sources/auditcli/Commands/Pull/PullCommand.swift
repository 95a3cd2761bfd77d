internal import ArgumentParser

struct PullCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull",
    abstract: "Take in what another system keeps, and find out what its hooks did not deliver.",
    discussion: """
      EXAMPLES
        auditcli pull okta
        auditcli pull okta --follow --every 1m
      """,
    subcommands: [PullOktaCommand.self]
  )
}
