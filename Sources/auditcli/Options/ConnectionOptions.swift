internal import ArgumentParser
internal import Connectors
internal import Foundation

/// Which services there are, and how they are reached.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of connections (docs/connections.md).",
      discussion: "Default: $AUDITCLI_CONNECTIONS, else ./connections.yaml where there is one",
      valueName: "file"
    )
  )
  var connections: String?

  @Option(
    help: ArgumentHelp(
      "A folder of connector descriptions of your own (docs/connectors.md); may be repeated.",
      discussion: "Default: $AUDITCLI_CONNECTORS, and what the file of connections names",
      valueName: "dir"
    )
  )
  var connectors: [String] = []
}

extension ConnectionOptions {
  /// The connections; none where no file is named and none lies here.
  ///
  /// - Throws: `ConfigurationError`; `Failure` where a file cannot be read.
  func file() throws -> ConnectionFile {
    try place.read()
  }

  /// Where the file is.
  var place: ConnectionPlace { ConnectionPlace(connections) }

  /// The descriptions that come with the program, behind those of the user's folders.
  ///
  /// - Throws: `ConfigurationError`; `Failure` where a folder cannot be read.
  func catalog(_ file: ConnectionFile) throws -> ConnectorCatalog {
    let named = ProcessWorld.variable("AUDITCLI_CONNECTORS").map { [$0] } ?? []
    var own: [ConnectorDescription] = []
    for folder in connectors + file.descriptions + (connectors.isEmpty ? named : []) {
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        throw Failure("\(folder) is no folder of connector descriptions")
      }
      for name in names.sorted() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        let path = folder + "/" + name
        own.append(try DescriptionReader.read(InputFile(path).bytes, source: path))
      }
    }
    return ConnectorCatalog(own: own)
  }

  /// What asks the services.
  func services() throws -> LiveConnectors {
    let file = try file()
    return LiveConnectors(
      connections: file,
      catalog: try catalog(file),
      surroundings: LiveWorld.surroundings
    )
  }
}
