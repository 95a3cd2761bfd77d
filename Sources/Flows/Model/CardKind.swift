public import Values

/// What a card is, by its address.
public enum CardKind: Hashable, Sendable {
  /// A function card, which the engine itself runs.
  case function(CardAddress)
  /// A connector card, which asks something of a service.
  case connector(ConnectorMethod)
  /// A card whose address has neither form; it fails when reached.
  case other(Text)
}

extension CardKind {
  /// Makes the kind of card that an export writes as `address`.
  public init(exported address: Text) {
    if let function = CardAddress(exported: address) {
      self = .function(function)
    } else if let method = ConnectorMethod(exported: address) {
      self = .connector(method)
    } else {
      self = .other(address)
    }
  }
}

extension CardKind: CustomStringConvertible {
  /// The address without its version: `control:if`, `okta:readUser`.
  public var description: String {
    switch self {
    case .function(let address): address.description
    case .connector(let method): method.description
    case .other(let address): address.description
    }
  }
}
