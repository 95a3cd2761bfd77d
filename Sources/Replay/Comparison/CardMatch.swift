/// A card of the old version and the card of the new version that it is.
public struct CardMatch: Hashable, Sendable {
  /// How the pair was found.
  public enum Origin: String, Hashable, Sendable {
    /// Both have one id.
    case uuid
    /// Both have one address and inputs from the same cards, at places in the same order.
    case structure
    /// Somebody said so.
    case given
  }

  /// The card of the old version.
  public let old: CardID
  /// The card of the new version.
  public let new: CardID
  /// How the pair was found.
  public let origin: Origin
  /// Whether anything but wires differs: a constant, a field, a policy, an option, the connection.
  public let isEdited: Bool
  /// Whether the inputs come from other cards.
  public let isRewired: Bool
  /// Whether the card stands in another body or at another place among the others.
  public let isMoved: Bool

  /// Makes a pair.
  public init(
    old: CardID,
    new: CardID,
    origin: Origin,
    isEdited: Bool,
    isRewired: Bool,
    isMoved: Bool
  ) {
    self.old = old
    self.new = new
    self.origin = origin
    self.isEdited = isEdited
    self.isRewired = isRewired
    self.isMoved = isMoved
  }
}
