public import Values

/// A method of a connector, such as `okta:readUser`.
public struct ConnectorMethod: Hashable, Sendable {
  /// The connector, such as `okta`.
  public let connector: Text
  /// The method, such as `readUser`.
  public let method: Text

  /// What answers the caller of an API endpoint while the flow goes on.
  public static let close = ConnectorMethod(connector: "httpfunctions", method: "close")

  /// Makes a method.
  public init(connector: Text, method: Text) {
    self.connector = connector
    self.method = method
  }

  /// Makes the method that an export writes as `root:channels:http:CONNECTOR:VERSION:METHOD`, or nil
  /// for any other address; the version has no meaning at run time.
  public init?(exported address: Text) {
    let parts = address.bytes
      .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      .map { Text(wtf8: Array($0)) }
    guard parts.count == 6, parts[0] == "root", parts[1] == "channels", parts[2] == "http",
      !parts[3].isEmpty, !parts[5].isEmpty
    else { return nil }
    self.init(connector: parts[3], method: parts[5])
  }
}

extension ConnectorMethod: CustomStringConvertible {
  /// The method as `connector:method`.
  public var description: String { "\(connector):\(method)" }
}
