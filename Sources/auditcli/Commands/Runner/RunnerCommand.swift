internal import ArgumentParser

struct RunnerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runner",
    abstract: "Pause the flows that `auditcli serve` starts, and let them go on.",
    discussion: """
      While it is paused, what comes in is taken in and starts nothing; what runs ends. When it goes \
      on, everything that came meanwhile starts its flows, once. A pause outlasts the server.

      EXAMPLES
        auditcli runner status
        auditcli runner pause --why "Slack is down"
        auditcli runner resume
      """,
    subcommands: [
      RunnerStatusCommand.self, RunnerPauseCommand.self, RunnerResumeCommand.self,
    ]
  )
}
