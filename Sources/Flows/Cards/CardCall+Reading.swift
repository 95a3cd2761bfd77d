internal import Values

// Reading inputs as what a card computes with, whatever type the author declared.
extension CardCall {
  /// The input as text; nil where it is null.
  func text(_ key: String) -> Text? {
    Coercion.text(of: input(key))
  }

  /// The input as a number; a null number counts as 0.
  func number(_ key: String) throws(CardError) -> Double {
    try CardCall.number(input(key))
  }

  /// A value as a number; null and the empty text count as 0.
  static func number(_ value: Value) throws(CardError) -> Double {
    if let number = Coercion.number(of: value) { return number }
    guard Coercion.isBlank(value) else {
      throw CardError.invalidConversion(of: value, to: "a number")
    }
    return 0
  }

  /// The input as an instant; a null date is an error.
  func instant(_ key: String) throws(CardError) -> Instant {
    let value = input(key)
    guard let instant = Coercion.instant(of: value) else { throw CardError.noDate(value) }
    return instant
  }

  /// The input as a boolean; a null boolean is false.
  func boolean(_ key: String) throws(CardError) -> Bool {
    let value = input(key)
    guard let boolean = Coercion.boolean(of: value) else {
      throw CardError.invalidConversion(of: value, to: "true or false")
    }
    return boolean
  }

  /// The items of an input read as a list.
  func items(_ key: String) -> [Value] {
    Coercion.items(of: input(key))
  }

  /// The members of an input that must be an object; null has none.
  func object(_ key: String) throws(CardError) -> Object {
    try CardCall.object(input(key))
  }

  /// The members of a value that must be an object; null and the empty text have none.
  static func object(_ value: Value) throws(CardError) -> Object {
    switch Coercion.read(value, as: .object) {
    case .object(let object): return object
    case let value where Coercion.isBlank(value): return Object()
    case let value: throw CardError.invalidConversion(of: value, to: "an object")
    }
  }
}
