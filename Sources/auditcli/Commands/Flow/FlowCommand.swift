internal import ArgumentParser

struct FlowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flow",
    abstract: "Add, list, read and switch the flows of the log.",
    discussion: """
      F is a name, name@version, an id, or the first six or more digits of a hash.

      EXAMPLES
        auditcli flow add exports/*.flopack
        auditcli flow list
        auditcli flow show notify
        auditcli flow diff notify@1 notify@2
      """,
    subcommands: [
      FlowAddCommand.self, FlowListCommand.self, FlowShowCommand.self, FlowCheckCommand.self,
      FlowDiffCommand.self, FlowActivateCommand.self, FlowDeactivateCommand.self,
      FlowHistoryCommand.self,
    ]
  )
}
