public import Flows
public import Values

/// A request that no entry of an answers file matches.
public struct UnansweredRequest: Hashable, Sendable {
  /// The path of the step.
  public let path: Text
  /// The name of its card.
  public let card: Text
  /// The connector and the method.
  public let method: ConnectorMethod
  /// The name of the connection, or its id where it has none.
  public let connection: Text?
  /// The options and inputs by name, `parameters/key` and `group/key`.
  public let inputs: Object
  /// The names of the outputs that the card declares.
  public let outputs: [Text]
}

extension UnansweredRequest {
  /// The request whatever it asks for, to tell cards apart.
  public var withoutInputs: UnansweredRequest {
    UnansweredRequest(
      path: path,
      card: card,
      method: method,
      connection: connection,
      inputs: Object(),
      outputs: outputs
    )
  }
}

extension UnansweredRequest: CustomStringConvertible {
  /// The card, all that was asked, and the entry to add.
  public var description: String {
    var lines = ["no answer for the card \"\(card)\" (\(method)) at \(path)"]
    if let connection { lines.append("  connection: \(connection)") }
    for (name, value) in inputs where !value.isNull {
      lines.append("  \(name): \(JSON.text(value))")
    }
    lines.append("Add an entry to the answers file, or use `--answers typed`:")
    lines.append("  " + JSON.text(entry).description)
    return lines.joined(separator: "\n")
  }

  /// The entry of an answers file that would match.
  private var entry: Value {
    [
      "connector": .text(method.connector), "method": .text(method.method),
      "outputs": .object(Object(outputs.map { ($0, .null) })),
    ]
  }
}
