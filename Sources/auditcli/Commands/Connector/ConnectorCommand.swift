internal import ArgumentParser

struct ConnectorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connector",
    abstract: "The services that live runs can ask: descriptions and connections.",
    subcommands: [
      ConnectorListCommand.self, ConnectorShowCommand.self, ConnectorCheckCommand.self,
    ]
  )
}
