internal import Values

/// Where an input's value comes from.
enum InputSource: Sendable {
  /// A constant, read by the declared type when the program was compiled.
  case constant(Value)
  /// The output in a slot.
  case wire(InputWire)
  /// The output of whichever arm ran; only joins have it.
  case joined([InputWire], otherwise: Value)
}

/// A wire as its target sees it.
final class InputWire: Sendable {
  /// The place of the source in the body.
  let card: Int
  let slot: Int
  let transform: PinTransform?
  /// The type that the input declares.
  let type: DeclaredType

  init(card: Int, slot: Int, transform: PinTransform?, type: DeclaredType) {
    self.card = card
    self.slot = slot
    self.transform = transform
    self.type = type
  }
}
