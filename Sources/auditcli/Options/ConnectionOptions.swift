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
  private static let usual = "connections.yaml"

  /// The connections; none where no file is named and none lies here.
  ///
  /// - Throws: `ConfigurationError`; `Failure` where a file cannot be read.
  func file() throws -> ConnectionFile {
    let named = connections ?? Self.variable("AUDITCLI_CONNECTIONS")
    guard named != nil || FileManager.default.fileExists(atPath: Self.usual) else { return .none }
    let path = named ?? Self.usual
    let bytes = try InputFile(path).bytes
    let reader = ConnectionReader(
      ConnectionReader.Sources(
        variable: { Self.variable($0) },
        file: { path in FileManager.default.contents(atPath: path).map { Array($0) } }
      )
    )
    return try reader.read(bytes, path: path, isPrivate: Self.isPrivate(path))
  }

  /// The descriptions that come with the program, behind those of the user's folders.
  ///
  /// - Throws: `ConfigurationError`; `Failure` where a folder cannot be read.
  func catalog(_ file: ConnectionFile) throws -> ConnectorCatalog {
    let named = Self.variable("AUDITCLI_CONNECTORS").map { [$0] } ?? []
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

  /// Whether only its owner can read a file.
  private static func isPrivate(_ path: String) -> Bool {
    var state = stat()
    guard stat(path, &state) == 0 else { return false }
    return state.st_mode & 0o077 == 0
  }

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
