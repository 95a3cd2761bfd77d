/// A connector as data: its methods, and how a connection's token goes out.
public struct ConnectorDescription: Sendable {
  /// The names that exports give the connector; one that ends in `*` is for all that begin so.
  public let names: [String]
  /// What people call it.
  public let title: String
  /// The file that it was read from, or that it came with the program.
  public let source: String
  /// The field that a token goes into, and the text before the token.
  let tokenField: String
  let tokenPrefix: String
  /// Fields of every request's header.
  let headers: [(name: String, value: String)]
  let failures: FailureRules
  /// Further hosts that its methods name.
  let hosts: [HostRule]
  /// The address of the service where a connection names none.
  let url: String?
  /// The methods in the order in which they stand; those of one name are tried in turn.
  public let methods: [MethodDescription]

  /// Whether it is for whatever connector there is.
  var isOfAll: Bool { names == ["*"] }

  /// Whether exports mean it by a name.
  public func isCalled(_ name: String) -> Bool {
    names.contains { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : $0 == name }
  }

  /// The ways of a method, in the order in which they are tried.
  func methods(called name: String) -> [MethodDescription] {
    methods.filter { $0.isCalled(name) }
  }
}
