import ArgumentParser

@main
struct AuditCLI: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "auditcli")
}
