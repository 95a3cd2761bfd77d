internal import ArgumentParser
internal import Connectors
internal import Flows
internal import Values

struct ConnectorShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "The methods of a connector: what each asks, and what asking twice does.",
    discussion: """
      EFFECTS
        read        it only asks
        idempotent  once or twice leaves the same behind
        keyed       the service takes a key with it and does it once
        queryable   the service can be asked whether it was done
        unsafe      twice does it twice, and nobody can tell
        by verb     as HTTP says of the verb that the card names

      EXAMPLES
        auditcli connector show okta
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var connections: ConnectionOptions

  @Argument(help: ArgumentHelp("The connector, as exports call it.", valueName: "connector"))
  var connector: String

  func run() throws {
    let catalog = try connections.catalog(connections.file())
    let described = catalog.connectors.filter { $0.isCalled(connector) }
    guard !described.isEmpty else { throw Failure("no description has a connector \(connector)") }
    var table = TextTable("METHOD", "TITLE", "EFFECT", "ASKS", "DESCRIBED IN")
    for description in described {
      for method in description.methods {
        let effect = method.effect?.rawValue
        if global.json {
          Output.json([
            "connector": .text(Text(connector)), "method": .text(Text(method.name)),
            "title": .text(Text(method.title)), "effect": effect.map { .text(Text($0)) } ?? .null,
            "request": .text(Text(method.summary)), "source": .text(Text(description.source)),
          ])
        } else {
          table.add(
            method.name,
            method.title,
            effect ?? "by verb",
            method.summary,
            description.source
          )
        }
      }
    }
    if !global.json { table.write() }
  }
}
