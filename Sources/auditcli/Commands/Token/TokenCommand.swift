internal import ArgumentParser

struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Say who may read from `auditcli serve`, and who may tell it what to do.",
    discussion: """
      A token has roles: `ingest` delivers to every hook whose proof is a token, `read` reads the log \
      and what the server measures, `operate` pauses it and lets it go on. A token is shown once; the \
      log keeps its digest, and tells who read which events and who paused the server with it.

      EXAMPLES
        auditcli token add collector --role read
        auditcli token list
        auditcli token revoke collector
      """,
    subcommands: [TokenAddCommand.self, TokenListCommand.self, TokenRevokeCommand.self]
  )
}
