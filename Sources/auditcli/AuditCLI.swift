internal import ArgumentParser
internal import Foundation

@main
struct AuditCLI: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auditcli",
    abstract: "Record, audit, replay and diff Okta Workflows.",
    discussion: """
      Every inbound event and every card step is kept in an append-only log. Ask it who triggered \
      what, replay executions without touching the world, and see what a new version of a flow would \
      have done over all of history.

      Before the command stand, if wanted: --store DIR (default $AUDITCLI_STORE, else \
      ./auditcli.store), --actor WHO and --why TEXT (kept with what is changed), --json (JSON Lines \
      with stable keys).

      EXIT STATUS
        0   done
        1   could not be done; the message says why
        2   done, and something was found: a difference, a failure, a rejected line
        3   verify: intact, but not anchored
        64  the command line was not understood
      """,
    version: "auditcli 0.1.0-dev",
    subcommands: [
      IngestCommand.self, FlowCommand.self, RunCommand.self, HistoryCommand.self,
      ShowCommand.self, TraceCommand.self, AlertsCommand.self, TableCommand.self,
      ConnectorCommand.self, HookCommand.self, TokenCommand.self, ScheduleCommand.self,
      ServeCommand.self, PullCommand.self, RunnerCommand.self, RecipientCommand.self,
      NoticeCommand.self, ResumeCommand.self, FailuresCommand.self, RepairCommand.self,
      ReplayCommand.self, DiffCommand.self, SearchCommand.self, ExportCommand.self,
      StatsCommand.self, DemoCommand.self, RebuildCommand.self, VerifyCommand.self,
      VerifyWorkerCommand.self,
    ]
  )

  static func main() {
    Output.guardStandardStreams()
    do {
      let arguments = LeadingOptions.moved(Array(CommandLine.arguments.dropFirst()))
      try UnknownCommand.check(arguments)
      var command = try parseAsRoot(arguments)
      try command.run()
      Output.flush()
    } catch {
      Output.flush()
      end(error)
    }
  }

  /// Ends the program: help and usage as the parser has them, everything else as a message.
  private static func end(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    if error is ExitCode || code != .failure { exit(withError: error) }
    let description = "\(error)"
    guard !description.isEmpty, !(error is CleanExit), !(error is ValidationError) else {
      exit(withError: error)
    }
    let isParserError = String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    guard !isParserError else { exit(withError: error) }
    Output.message("auditcli: \(description)")
    exit(withError: ExitStatus.couldNot.exit)
  }
}
