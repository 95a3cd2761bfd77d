public import Values

/// What went wrong in a card, under the names that Okta's error objects use.
public enum CardErrorKind: Hashable, Sendable {
  /// A value could not be read as the type that the card computes with.
  case invalidTypeConversion
  /// An input has a value that the card refuses.
  case invalidInput
  /// A text is not what it has to be: JSON, a date, a number.
  case parseError
  /// The thing asked for does not exist.
  case notFound
  /// An author's own *Return Error* card.
  case userError
  /// A server answered with a failure that explains itself.
  case httpRequestError
  /// A server answered with a failure that does not explain itself.
  case httpError
  /// A step took longer than allowed.
  case timeout
  /// The flow itself cannot run on: a missing callee, too deep a nesting.
  case invalidFlow
  /// The engine does not run cards of this type; no card of the flow can handle that.
  case unsupportedCard
  /// Any other name, as connectors and recordings give it.
  case other(Text)
}

extension CardErrorKind {
  /// Makes the kind that Okta calls `name`.
  public init(name: Text) {
    self = Self.named.first { $0.name == name } ?? .other(name)
  }

  /// The name in error objects, such as `Parse Error`.
  public var name: Text {
    switch self {
    case .invalidTypeConversion: "Invalid Type Conversion"
    case .invalidInput: "Invalid Input"
    case .parseError: "Parse Error"
    case .notFound: "Not Found"
    case .userError: "User Error"
    case .httpRequestError: "HTTP Request Error"
    case .httpError: "HTTP Error"
    case .timeout: "Timeout"
    case .invalidFlow: "Invalid Flow"
    case .unsupportedCard: "Unsupported Card"
    case .other(let name): name
    }
  }

  private static let named: [CardErrorKind] = [
    .invalidTypeConversion, .invalidInput, .parseError, .notFound, .userError, .httpRequestError,
    .httpError, .timeout, .invalidFlow, .unsupportedCard,
  ]
}
