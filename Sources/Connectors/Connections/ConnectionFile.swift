/// The connections of a file: which service each leads to, with which credentials.
public struct ConnectionFile: Sendable {
  /// Where the file is; empty where there is none.
  public let path: String
  /// The connections, in the order in which they stand.
  public let connections: [ConnectionSettings]
  /// Folders of connector descriptions that the file names.
  public let descriptions: [String]
  /// The secrets that stood in flows.
  public let secrets: FlowSecrets

  init(
    path: String,
    connections: [ConnectionSettings],
    descriptions: [String],
    secrets: FlowSecrets = .none
  ) {
    self.path = path
    self.connections = connections
    self.descriptions = descriptions
    self.secrets = secrets
  }

  /// No connections: nothing but tables is reached.
  public static let none = ConnectionFile(path: "", connections: [], descriptions: [])

  /// The connection that a card of a connector means: the one with the id, else the one with the name,
  /// else the connector's one without name; nil where there is none.
  func connection(
    of connector: String,
    id: String?,
    named name: String?
  ) -> ConnectionSettings? {
    let own = connections.filter { $0.connector == connector }
    return own.first { $0.id != nil && $0.id == id }
      ?? own.first { $0.name != nil && $0.name == name }
      ?? own.first { $0.id == nil && $0.name == nil }
  }
}
