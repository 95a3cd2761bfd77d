public import Values

/// A constant of an export that is a key, a password or a token.
public struct FoundSecret: Hashable, Sendable {
  /// The secret itself.
  public let secret: Text
  /// What to call it: of the flow, the card and the field that it was found in first.
  public let name: Text
  /// The name of that flow.
  public let flow: Text
  /// The name of that card.
  public let card: Text
  /// The field of the card, or the member within it.
  public let field: Text
}

extension FoundSecret: CustomStringConvertible, CustomReflectable {
  /// Where it was found, and nothing of it.
  public var description: String { "[secret \(name)]" }
  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
