internal import Values

/// The secrets of a closure while it is compiled.
struct SecretScope: Sendable {
  let references: [SecretReference]
  /// The secrets themselves; without them the program is one that only replays.
  let values: SecretValues?

  /// The scope of a closure, nil where it has no secrets.
  init?(_ closure: FlowClosure, _ values: SecretValues?) {
    if closure.secrets.isEmpty { return nil }
    references = closure.secrets
    self.values = values
  }

  /// The names of the secrets that a constant holds.
  func names(in value: Value) -> Set<Text> {
    Set(references.filter { value.holds($0.text) }.map(\.name))
  }

  /// The constant with the secrets in place of their references.
  func revealed(_ value: Value) -> Value {
    guard let values else { return value }
    return value.replacingTexts(
      references.compactMap { reference in
        values.values[reference.name].map { (reference.text, $0) }
      }
    )
  }
}

/// A constant that holds secrets.
struct SecretConstant: Sendable {
  /// The constant as the definition has it, read by its declared type.
  let shown: Value
  /// The names of the secrets in it.
  let names: Set<Text>
}

/// The constants of a card that hold secrets.
struct CardSecrets: Sendable {
  /// By the place of the input.
  var inputs: [Int: SecretConstant] = [:]
  /// By the key of the argument of a list card.
  var arguments: [Text: SecretConstant] = [:]
}
