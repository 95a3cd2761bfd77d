internal import ArgumentParser

struct RepairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Run failed live executions again, without doing anything twice.",
    discussion: """
      First a plan: which effects were done already and are reused, which will be sent, and what somebody \
      has to decide. It is a file that another person can look at. Then it is applied: exactly what it \
      says is sent. Who planned, decided and applied is in the log, and each failed execution is linked \
      to the one that resolves it.

      EXAMPLES
        auditcli repair plan --cluster fc-3f0c --output repair.plan
        auditcli repair show repair.plan
        auditcli repair apply repair.plan --first 5
        auditcli repair apply repair.plan
        auditcli repair resolve 8d2f1c3e post not-sent --why "the channel has no such message"
      """,
    subcommands: [
      RepairPlanCommand.self, RepairShowCommand.self, RepairApplyCommand.self,
      RepairResolveCommand.self,
    ]
  )
}
