public import Values

/// What the caller of an API endpoint receives.
public struct HTTPAnswer: Hashable, Sendable {
  /// The status, as the flow gave it; a card may give any value.
  public let statusCode: Value
  /// The headers that the flow gave.
  public let headers: Value
  /// The body: text, or what the flow gave instead.
  public let body: Value

  /// Makes an answer.
  public init(statusCode: Value, headers: Value, body: Value) {
    self.statusCode = statusCode
    self.headers = headers
    self.body = body
  }

  /// The answer of a flow that gives none.
  public static let empty = HTTPAnswer(statusCode: 200, headers: [:], body: "")
}
