internal import Values

/// How a connector card asks its service.
final class ConnectorPlan: Sendable {
  let method: ConnectorMethod
  let connection: Text?
  /// The options, by their keys.
  let options: [RequestField]
  /// The other inputs that the service sees, by their names.
  let fields: [RequestField]
  /// Where the condition of a table search is, and its operands.
  let filter: FilterPlan?
  /// The flow that receives records one by one, and the inputs that make up its state.
  let stream: StreamPlan?
  /// The outputs that the card declares.
  let outputs: [CardField]
  /// How its requests are written; nil where they have to be put together first.
  let written: WrittenRequest?

  init(
    method: ConnectorMethod,
    connection: Text?,
    options: [RequestField],
    fields: [RequestField],
    filter: FilterPlan?,
    stream: StreamPlan?,
    outputs: [CardField]
  ) {
    self.method = method
    self.connection = connection
    self.options = options
    self.fields = fields
    self.filter = filter
    self.stream = stream
    self.outputs = outputs
    written =
      filter == nil
      ? WrittenRequest(method, connection: connection, options: options, fields: fields) : nil
  }
}

/// An input of a request.
struct RequestField: Sendable {
  let name: Text
  let input: Int
}

/// The condition of a table search.
struct FilterPlan: Sendable {
  /// What stands in the request under the name of the condition.
  let name: Text
  let terms: [FilterTerm]
}

/// A comparison of a column with an operand.
struct FilterTerm: Sendable {
  /// Where the operand comes from.
  enum Operand: Sendable {
    case constant(Value)
    case input(Int)
  }

  let column: Text
  let comparison: Text
  let join: Text
  let operand: Operand
}

/// The flow that receives the records of a streaming card.
struct StreamPlan: Sendable {
  /// How the flow is called for each record.
  let loop: IterationPlan
  let state: [RequestField]
}
