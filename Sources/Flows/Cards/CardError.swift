public import Values

/// An error that a card raises, as *If Error* bodies and histories show it.
///
/// The interpreter adds the failing card, flow and execution when it makes the error object.
public struct CardError: Error, Hashable, Sendable {
  /// What went wrong.
  public let kind: CardErrorKind
  /// A sentence for the flow's author; it may quote an input.
  public let message: Text
  /// The status that an API endpoint answers with; `code` in error objects.
  public let statusCode: Double
  /// Further members of the error object: a response's body, fields of a *Return Error If*.
  public let details: Object

  /// The status of errors that no server and no author gave a status.
  public static let defaultStatusCode: Double = 500

  /// Makes an error.
  public init(
    kind: CardErrorKind,
    message: Text,
    statusCode: Double = CardError.defaultStatusCode,
    details: Object = Object()
  ) {
    self.kind = kind
    self.message = message
    self.statusCode = statusCode
    self.details = details
  }
}

extension CardError: CustomStringConvertible {
  /// The kind and status, without the message: it may quote people's data.
  public var description: String { "\(kind.name) (\(Int(exactly: statusCode) ?? 0))" }
}
