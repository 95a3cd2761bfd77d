public import Values

/// What a connector card asks of its service.
///
/// The request of a running card is a view of its inputs: what nobody looks at is never made.
public struct ConnectorRequest: Sendable {
  private enum Content: Sendable {
    case step(CompiledCard, inputs: [Value])
    case parts(Parts)
  }

  /// A request that does not come from a card.
  private final class Parts: Sendable {
    let plan: ConnectorPlan
    let options: Object
    let inputs: Object
    let streamsRecords: Bool

    init(plan: ConnectorPlan, options: Object, inputs: Object, streamsRecords: Bool) {
      self.plan = plan
      self.options = options
      self.inputs = inputs
      self.streamsRecords = streamsRecords
    }
  }

  private let content: Content

  /// The request of a card with these inputs.
  init(of card: CompiledCard, inputs: [Value]) {
    content = .step(card, inputs: inputs)
  }

  /// Makes a request.
  public init(
    method: ConnectorMethod,
    connection: Text?,
    options: Object,
    inputs: Object,
    outputs: [CardField],
    streamsRecords: Bool
  ) {
    let plan = ConnectorPlan(
      method: method,
      connection: connection,
      options: [],
      fields: [],
      filter: nil,
      stream: nil,
      outputs: outputs
    )
    content = .parts(
      Parts(plan: plan, options: options, inputs: inputs, streamsRecords: streamsRecords)
    )
  }
}

extension ConnectorRequest {
  private var plan: ConnectorPlan {
    switch content {
    case .step(let card, _): card.plan
    case .parts(let parts): parts.plan
    }
  }

  /// The connector and method, such as `okta:readUser`.
  public var method: ConnectorMethod { plan.method }

  /// The id of the connection, nil where the card names none.
  public var connection: Text? { plan.connection }

  /// The outputs that the card declares; an answer is read by their names.
  public var outputs: [CardField] { plan.outputs }

  /// Whether the answer's records are handed to a flow one by one.
  public var streamsRecords: Bool {
    switch content {
    case .step(let card, _): card.plan.stream != nil
    case .parts(let parts): parts.streamsRecords
    }
  }

  /// The card's options by key, such as the table of a table card.
  ///
  /// - Complexity: O(*n*) in their number.
  public var options: Object {
    switch content {
    case .step(let card, let inputs): Self.object(of: card.plan.options, inputs)
    case .parts(let parts): parts.options
    }
  }

  /// The inputs by name, `group/key`.
  ///
  /// The condition of a table search stands as `{"expr":[{"lhs","op","join","rhs"}]}` with the
  /// values of its operands. Inputs that only the engine uses are left out.
  ///
  /// - Complexity: O(*n*) in their number.
  public var inputs: Object {
    switch content {
    case .step(let card, let inputs):
      var object = Self.object(of: card.plan.fields, inputs)
      if let filter = card.plan.filter { object[filter.name] = Self.value(of: filter, inputs) }
      return object
    case .parts(let parts): return parts.inputs
    }
  }

  /// How the request is written, and the inputs whose places that names; nil where it has to be
  /// written as its `value`.
  public var written: (form: WrittenRequest, inputs: [Value])? {
    guard case .step(let card, let inputs) = content else { return nil }
    return card.plan.written.map { ($0, inputs) }
  }

  private static func object(of fields: [RequestField], _ inputs: [Value]) -> Object {
    var object = Object()
    for field in fields { object[field.name] = inputs[field.input] }
    return object
  }

  private static func value(of filter: FilterPlan, _ inputs: [Value]) -> Value {
    let terms = filter.terms.map { term in
      let operand: Value =
        switch term.operand {
        case .constant(let value): value
        case .input(let place): inputs[place]
        }
      return Value.object([
        "lhs": .text(term.column), "op": .text(term.comparison), "join": .text(term.join),
        "rhs": operand,
      ])
    }
    return ["expr": .list(terms)]
  }
}

extension ConnectorRequest: Hashable {
  /// Whether both ask the same and would read the answer alike.
  public static func == (left: ConnectorRequest, right: ConnectorRequest) -> Bool {
    left.method == right.method && left.connection == right.connection
      && left.options == right.options && left.inputs == right.inputs
      && left.outputs == right.outputs && left.streamsRecords == right.streamsRecords
  }

  /// Feeds what is asked.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(method)
    hasher.combine(options)
    hasher.combine(inputs)
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
