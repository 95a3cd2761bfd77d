internal import ArgumentParser

struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "Say what may be delivered to `auditcli serve`, and by whom.",
    discussion: """
      A hook has a name, a secret that its sender proves itself with, and a filter. What is done with \
      hooks is kept in the log; secrets are kept in a file beside the store, those that come with \
      every delivery as digests.

      EXAMPLES
        auditcli hook add breached-credentials.json
        auditcli hook list
        auditcli hook test breached-credentials --secret-file secret
        auditcli hook rotate breached-credentials --keep 24
      """,
    subcommands: [
      HookAddCommand.self, HookListCommand.self, HookTestCommand.self, HookRotateCommand.self,
      HookRemoveCommand.self,
    ]
  )
}
