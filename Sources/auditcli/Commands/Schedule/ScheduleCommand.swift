internal import ArgumentParser

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "See which flows start by themselves, when, and what they missed.",
    discussion: """
      A schedule is part of a flow's export. The active version of a flow starts by its schedule \
      while `auditcli serve` runs; `auditcli flow activate` and `flow deactivate` switch it.

      EXAMPLES
        auditcli schedule list
        auditcli schedule list --next 5
        auditcli schedule list report.flopack
      """,
    subcommands: [ScheduleListCommand.self]
  )
}
