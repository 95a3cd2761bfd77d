internal import ArgumentParser

struct RecipientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipient",
    abstract: "Say who is told of alerts, by which way, and of which.",
    discussion: """
      `auditcli serve` tells recipients of alerts: when one is new, when nobody has handled it after a \
      while, and when it is opened anew. What is done with recipients is kept in the log; URLs and \
      secrets are kept in a file beside the store.

      EXAMPLES
        auditcli recipient add security --slack C0123456789 --severity high
        auditcli recipient add on-call --mail on-call@example.com --on unhandled,reopened --after 30m
        auditcli recipient list
        auditcli recipient test security
      """,
    subcommands: [
      RecipientAddCommand.self, RecipientListCommand.self, RecipientTestCommand.self,
      RecipientRotateCommand.self, RecipientRemoveCommand.self,
    ]
  )
}
