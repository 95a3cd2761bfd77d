public import Values

/// What is the same in all requests of a connector card, as it stands in JSON.
public final class WrittenRequest: Sendable {
  /// An option or an input.
  public struct Member: Sendable {
    /// Its name.
    public let key: JSONKey
    /// The place of its value among the card's inputs.
    public let input: Int
  }

  /// The connector.
  public let connector: JSONFragment
  /// The method.
  public let method: JSONFragment
  /// The connection, or null.
  public let connection: JSONFragment
  /// The options in the order of the card.
  public let options: [Member]
  /// The options in the order of their names.
  public let sortedOptions: [Member]
  /// The inputs in the order of the card.
  public let inputs: [Member]
  /// The inputs in the order of their names.
  public let sortedInputs: [Member]

  /// Nil where the members of a request are not just its fields, each by a name of its own.
  init?(
    _ method: ConnectorMethod,
    connection: Text?,
    options: [RequestField],
    fields: [RequestField]
  ) {
    guard Self.areDistinct(options), Self.areDistinct(fields) else { return nil }
    connector = JSONFragment(method.connector)
    self.method = JSONFragment(method.method)
    self.connection = connection.map(JSONFragment.init) ?? .null
    self.options = options.map(Member.init)
    sortedOptions = Self.sorted(options)
    inputs = fields.map(Member.init)
    sortedInputs = Self.sorted(fields)
  }

  private static func areDistinct(_ fields: [RequestField]) -> Bool {
    // An object whose only member begins so stands under a tag.
    if fields.count == 1, fields[0].name.bytes.first == UInt8(ascii: "$") { return false }
    return Set(fields.map(\.name)).count == fields.count
  }

  private static func sorted(_ fields: [RequestField]) -> [Member] {
    fields.sorted { $0.name < $1.name }.map(Member.init)
  }
}

extension WrittenRequest.Member {
  fileprivate init(_ field: RequestField) {
    self.init(key: JSONKey(field.name), input: field.input)
  }
}
