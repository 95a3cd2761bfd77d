internal import ArgumentParser
internal import Connectors
internal import Values

struct ConnectorListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The connectors that are described, and the connections to them.",
    discussion: """
      EXAMPLES
        auditcli connector list
        auditcli connector list --connectors descriptions --json
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var connections: ConnectionOptions

  func run() throws {
    let file = try connections.file()
    var table = TextTable("CONNECTOR", "TITLE", "METHODS", "CONNECTIONS", "DESCRIBED IN")
    for connector in try connections.catalog(file).connectors {
      let methods = Set(connector.methods.map(\.name)).count
      let connected = file.connections.filter { connector.isCalled($0.connector) }.map(\.label)
      if global.json {
        Output.json([
          "connector": .list(connector.names.map { .text(Text($0)) }),
          "title": .text(Text(connector.title)), "methods": .number(Double(methods)),
          "connections": .list(connected.map { .text(Text($0)) }),
          "source": .text(Text(connector.source)),
        ])
      } else {
        table.add(
          connector.names.joined(separator: ", "),
          connector.title,
          String(methods),
          connected.joined(separator: ", "),
          connector.source
        )
      }
    }
    if !global.json { table.write() }
  }
}
