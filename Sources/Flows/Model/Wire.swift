/// A wire from an output of one card to an input of a later card in the same body.
public struct Wire: Hashable, Sendable {
  /// The place of the source in the body's cards.
  public let sourceCard: Int
  /// The place of the output in the source's outputs.
  public let sourceOutput: Int
  /// The place of the target in the body's cards.
  public let targetCard: Int
  /// The place of the input in the target's inputs.
  public let targetInput: Int
  /// The conversion on the way, if any.
  public let transform: PinTransform?
}
