public import Values

/// What a table card asks of the tables: a method and its inputs.
public struct TableRequest: Hashable, Sendable {
  /// The method, such as `searchRows2`.
  public let method: Text
  /// The inputs as nested objects, `{group: {key: value}}`, those without a group at the top.
  public let inputs: Object
  /// The keys that the card declares for the rows it gives, in order; nil where it declares none,
  /// and so gives whole rows.
  public let rowKeys: [Text]?

  /// Makes a request.
  public init(method: Text, inputs: Object, rowKeys: [Text]? = nil) {
    self.method = method
    self.inputs = inputs
    self.rowKeys = rowKeys
  }

  /// The value of an input, null where there is none.
  func input(_ name: FieldName) -> Value {
    guard let group = name.group else { return inputs[name.key] ?? .null }
    return self.group(group)[name.key] ?? .null
  }

  /// The inputs of a group.
  func group(_ name: Text) -> Object {
    if case .object(let object)? = inputs[name] { object } else { Object() }
  }

  /// The id of the row that the card names; nil where it is blank.
  var rowID: Text? {
    let name = TableFields.namedRow.first { !Coercion.isBlank(input($0)) }
    return name.flatMap { Coercion.text(of: input($0)) }
  }
}
