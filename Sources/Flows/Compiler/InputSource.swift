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

/// How the interpreter gets an input's value, the short ways first.
enum InputRead: Sendable {
  case constant(Value)
  /// The value in a slot, as it is where it is of that kind already.
  case slot(Int, ExpectedKind)
  /// By the card's ``InputSource``.
  case source
}

/// The kind of value that an input need not convert.
enum ExpectedKind: Sendable {
  case any
  case text
  case number
  case boolean
  case date
  case list
  case object

  init(_ type: DeclaredType) {
    self =
      switch type {
      case .string: .text
      case .number: .number
      case .boolean: .boolean
      case .date: .date
      case .list: .list
      case .object, .schema: .object
      case .file, .flow, .any: .any
      }
  }

  /// Whether ``Coercion/read(_:as:)`` would give the value itself.
  func matches(_ value: Value) -> Bool {
    switch (self, value) {
    case (.any, _), (.text, .text), (.number, .number), (.boolean, .boolean), (.date, .date),
      (.list, .list), (_, .unknown):
      true
    case (.object, .text): false
    case (.object, _): true
    default: false
    }
  }
}

extension InputSource {
  var read: InputRead {
    switch self {
    case .constant(let value): .constant(value)
    case .wire(let wire) where wire.transform == nil: .slot(wire.slot, ExpectedKind(wire.type))
    case .wire, .joined: .source
    }
  }
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
