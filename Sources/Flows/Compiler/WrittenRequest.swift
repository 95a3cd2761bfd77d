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

  /// The members with the connector, the method and the connection, which is null where none is named.
  public let members: JSONFragment
  /// Of these members, those that stand before the inputs where members are sorted.
  public let membersBeforeInputs: JSONFragment
  /// Of these members, those that stand behind the inputs where members are sorted.
  public let membersBehindInputs: JSONFragment
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
    let connector = JSONFragment(method.connector)
    let method = JSONFragment(method.method)
    let connection = connection.map(JSONFragment.init) ?? .null
    members = JSONFragment(members: [
      "connector": connector, "method": method, "connection": connection,
    ])
    membersBeforeInputs = JSONFragment(members: [
      "connection": connection, "connector": connector,
    ])
    membersBehindInputs = JSONFragment(members: ["method": method])
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
