public import Values

/// An error on its way from the card that failed.
public struct RaisedError: Error, Hashable, Sendable {
  /// What the card raised.
  public let error: CardError
  /// The error as *If Error* bodies and error flows see it: message, code, kind, the failing card,
  /// flow and execution, and the card's own details.
  public let value: Object
  /// The path of the innermost step that failed.
  public let path: Text
  /// Whether the run hit a limit or a card that the engine does not run, so that nothing in the flow
  /// can handle the error.
  public let isFatal: Bool
}

extension RaisedError {
  init(_ error: CardError, card: Text, flow: Text, execution: Text, path: Text, isFatal: Bool) {
    var value: Object = [
      "message": .text(error.message), "code": .number(error.statusCode),
      "statusCode": .number(error.statusCode), "kind": .text(error.kind.name),
      "method": .text(card), "flo": .text(flow), "execution": .text(execution),
    ]
    for (key, detail) in error.details where value[key] == nil { value[key] = detail }
    self.init(error: error, value: value, path: path, isFatal: isFatal)
  }

  /// The same error with another message.
  func saying(_ message: Text) -> RaisedError {
    var value = value
    value["message"] = .text(message)
    let said = CardError(
      kind: error.kind,
      message: message,
      statusCode: error.statusCode,
      details: error.details
    )
    return RaisedError(error: said, value: value, path: path, isFatal: isFatal)
  }
}
