public import Values

/// A named connection to a service; exports never carry its secrets.
public struct Connection: Sendable {
  /// The connection's id, unique in its export.
  public let id: Text
  /// The name its author gave it.
  public let name: Text
  /// The connector it belongs to.
  public let connector: Text
  /// The connection as its export has it.
  public let exported: Value
}
