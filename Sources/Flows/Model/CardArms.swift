/// Where the arms of an If/Else lie among the cards of its body.
public struct CardArms: Hashable, Sendable {
  /// The cards that run when the condition holds.
  public let whenTrue: Range<Int>
  /// The cards that run when it does not hold.
  public let whenFalse: Range<Int>
}
