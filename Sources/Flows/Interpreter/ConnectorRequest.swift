public import Values

/// What a connector card asks of its service.
public struct ConnectorRequest: Hashable, Sendable {
  /// The connector and method, such as `okta:readUser`.
  public let method: ConnectorMethod
  /// The id of the connection, nil where the card names none.
  public let connection: Text?
  /// The card's options by key, such as the table of a table card.
  public let options: Object
  /// The inputs by name, `group/key`.
  ///
  /// The condition of a table search stands as `{"expr":[{"lhs","op","join","rhs"}]}` with the
  /// values of its operands. Inputs that only the engine uses are left out.
  public let inputs: Object
  /// The outputs that the card declares; an answer is read by their names.
  public let outputs: [CardField]
  /// Whether the answer's records are handed to a flow one by one.
  public let streamsRecords: Bool

  /// Makes a request.
  public init(
    method: ConnectorMethod,
    connection: Text?,
    options: Object,
    inputs: Object,
    outputs: [CardField],
    streamsRecords: Bool
  ) {
    self.method = method
    self.connection = connection
    self.options = options
    self.inputs = inputs
    self.outputs = outputs
    self.streamsRecords = streamsRecords
  }
}

extension ConnectorRequest {
  /// The request of its recorded value, without what the card declares; nil for any other value.
  public init?(recorded value: Value) {
    guard case .object(let members) = value, case .text(let connector)? = members["connector"],
      case .text(let method)? = members["method"]
    else { return nil }
    var connection: Text?
    if case .text(let id)? = members["connection"] { connection = id }
    func object(_ key: Text) -> Object {
      if case .object(let object)? = members[key] { object } else { Object() }
    }
    self.init(
      method: ConnectorMethod(connector: connector, method: method),
      connection: connection,
      options: object("options"),
      inputs: object("inputs"),
      outputs: [],
      streamsRecords: false
    )
  }

  /// The request as one value: connector, method, connection, options and inputs.
  ///
  /// Requests are the same if their values are equal.
  public var value: Value {
    .object(
      Object(
        distinctKeys: Self.keys,
        values: [
          .text(method.connector), .text(method.method), connection.map { .text($0) } ?? .null,
          .object(options), .object(inputs),
        ]
      )
    )
  }

  private static let keys: [Text] = ["connector", "method", "connection", "options", "inputs"]

  /// The unknowns among options and inputs, nil where all is known.
  public var unknown: Unknown? { value.containedUnknown }
}
