public import Flows
public import Values

/// Why a card's request leads to no service.
public enum MissingRoute: Error, Hashable, Sendable {
  /// No description has the method.
  case method(ConnectorMethod)
  /// The connection file has no such connection.
  case connection(connector: Text, name: Text?)
  /// The connection file has several such connections.
  case ambiguous(connector: Text, [Text])
  /// There is no file of connections.
  case noFile(connector: Text)
  /// A credential of the connection cannot be had.
  case credential(connection: Text, reason: String)
  /// The connection lacks the address of its service.
  case server(connection: Text, member: Text)
}

extension MissingRoute: CustomStringConvertible {
  /// What is missing and what to do.
  public var description: String {
    switch self {
    case .method(let method):
      "no connector description has \(method); write one (docs/connectors.md)"
    case .connection(let connector, let name):
      "the connection file has no connection of \(connector)"
        + (name.map { " named \"\($0)\"" } ?? "") + " (docs/connections.md)"
    case .ambiguous(let connector, let names):
      "the connection file has several connections of \(connector); name one with --connection: "
        + names.map(\.description).joined(separator: ", ")
    case .noFile(let connector):
      "there is no file of connections, so none of \(connector): name one with --connections "
        + "(docs/connections.md)"
    case .credential(let connection, let reason):
      "the connection \"\(connection)\" lacks a credential: \(reason)"
    case .server(let connection, let member):
      "the connection \"\(connection)\" has no \"\(member)\""
    }
  }
}
