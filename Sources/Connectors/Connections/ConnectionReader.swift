/// Reads connection files; docs/connections.md describes them.
public struct ConnectionReader: Sendable {
  /// What the reader takes from its surroundings.
  public struct Sources: Sendable {
    let variable: @Sendable (String) -> String?
    let file: @Sendable (String) -> [UInt8]?

    /// Makes sources of a look-up of environment variables and of one of files by path.
    public init(
      variable: @escaping @Sendable (String) -> String?,
      file: @escaping @Sendable (String) -> [UInt8]?
    ) {
      self.variable = variable
      self.file = file
    }
  }

  private let sources: Sources

  /// Makes a reader.
  public init(_ sources: Sources) {
    self.sources = sources
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: What stands in it.
  ///   - path: Where it is; paths in it are relative to its folder.
  ///   - isPrivate: Whether nobody but its owner can read it. A file that others can read may name
  ///     credentials, but not hold them.
  /// - Returns: The connections, in the order in which they stand.
  /// - Throws: `ConfigurationError` with the line and member that cannot be used.
  public func read(
    _ bytes: [UInt8],
    path: String,
    isPrivate: Bool
  ) throws(ConfigurationError) -> ConnectionFile {
    let root = try ConfigurationNode(bytes, file: path)
    let members = try root.members(known: ["connections", "descriptions", "secrets", "secretKey"])
    let reading = SettingsReader(
      sources: sources,
      folder: Self.folder(of: path),
      isPrivate: isPrivate
    )
    var connections: [ConnectionSettings] = []
    for node in try members["connections"]?.items() ?? [] {
      let read = try reading.settings(node)
      let twin = connections.first {
        $0.connector == read.connector && $0.name == read.name && $0.id == read.id
      }
      guard twin == nil else {
        throw node.error("\(read.connector) has a connection of that name and id already")
      }
      connections.append(read)
    }
    var descriptions: [String] = []
    for node in try members["descriptions"]?.itemsOrOne() ?? [] {
      descriptions.append(reading.path(try node.text()))
    }
    return ConnectionFile(
      path: path,
      connections: connections,
      descriptions: descriptions,
      secrets: try reading.flowSecrets(members)
    )
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }
}
