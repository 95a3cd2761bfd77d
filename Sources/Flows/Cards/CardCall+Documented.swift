internal import Values

// Cards that Okta documents and no public export holds. What an export calls their fields is not
// known: the pages give the labels that editors show, and for the cards whose exports are known
// label and key often differ. Hence a field is found by any of several keys, else by its place.
extension CardCall {
  /// The value of the first input that has one of `keys`, else of the plain input at a place; null
  /// where there is neither.
  ///
  /// - Complexity: O(*n*) in the numbers of keys and inputs.
  func value(at place: Int, _ keys: [String]) -> Value {
    if let key = keys.first(where: { hasInput($0) }) { return input(key) }
    let plain = plainInputs
    return plain.indices.contains(place) ? plain[place].value : .null
  }

  /// Such an input as a number; a null number counts as 0.
  func number(at place: Int, _ keys: [String]) throws(CardError) -> Double {
    try CardCall.number(value(at: place, keys))
  }

  /// Such an input as text; nil where it is null.
  func text(at place: Int, _ keys: [String]) -> Text? {
    Coercion.text(of: value(at: place, keys))
  }

  /// The members of such an input, which must be an object; null has none.
  func object(at place: Int, _ keys: [String]) throws(CardError) -> Object {
    try CardCall.object(value(at: place, keys))
  }

  /// Sets the first output that has one of `keys`, else the plain output at a place.
  mutating func setResult(_ keys: [String], at place: Int = 0, to value: Value) {
    let names = signature.outputs.map(\.name)
    let named = keys.compactMap { names.firstIndex(of: FieldName(key: Text($0))) }
    let plain = names.indices.filter { names[$0].group == nil }
    guard let position = named.first ?? plain.dropFirst(place).first else { return }
    outputs[position] = value
  }
}

// Cards of several inputs or outputs, of which a card in a flow may lack some: places count only where
// no field has a known key, since a field that is missing would move all that follow.
extension CardCall {
  /// The values of the inputs that have these keys, else of the plain inputs in their order.
  func values(_ keys: [String]) -> [Value] {
    if keys.contains(where: { hasInput($0) }) { return keys.map { input($0) } }
    let plain = plainInputs
    return keys.indices.map { plain.indices.contains($0) ? plain[$0].value : .null }
  }

  /// Sets the outputs that have these keys, else the plain outputs in their order.
  mutating func setResults(_ results: KeyValuePairs<String, Value>) {
    let plain = signature.outputs.indices.filter { signature.outputs[$0].name.group == nil }
    let isKnown = plain.contains { place in
      results.contains { signature.outputs[place].name.key == Text($0.key) }
    }
    if isKnown {
      for (key, value) in results { set(key, to: value) }
    } else {
      for (place, result) in zip(plain, results) { outputs[place] = result.value }
    }
  }
}

extension FunctionCard {
  /// One card under each of several addresses, where nothing tells which of them exports write.
  static func at(
    _ addresses: [CardAddress],
    tolerance: UnknownTolerance = .none,
    pure: @escaping @Sendable (inout CardCall) throws(CardError) -> Void
  ) -> [FunctionCard] {
    addresses.map { FunctionCard($0, tolerance: tolerance, pure: pure) }
  }
}

extension Value {
  /// The key that a value stands for where a list becomes an object; null is the text `null`.
  var memberKey: Text { Coercion.text(of: self) ?? "null" }
}
