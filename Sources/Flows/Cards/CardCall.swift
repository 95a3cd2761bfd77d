public import Values

/// One run of a card: the inputs it sees and the outputs it leaves.
///
/// The inputs have been read by their declared types. Every output is null until the card sets it;
/// an output that this card in this flow does not have is ignored when set, because exports carry
/// only the outputs that their version of the card offered.
public struct CardCall: Sendable {
  /// The card's fields.
  public let signature: CardSignature
  /// The values of the inputs, one for each of `signature.inputs`.
  public let inputs: [Value]
  /// The values of the outputs, one for each of `signature.outputs`.
  public var outputs: [Value]

  /// Makes a call whose outputs are all null.
  ///
  /// - Precondition: `inputs` has one value for each input field.
  public init(signature: CardSignature, inputs: [Value]) {
    precondition(inputs.count == signature.inputs.count, "A card needs a value for every input.")
    self.signature = signature
    self.inputs = inputs
    outputs = Array(repeating: .null, count: signature.outputs.count)
  }
}

extension CardCall {
  /// The value of an input, null where this card has no such input.
  ///
  /// - Complexity: O(*n*) in the number of inputs.
  public func input(_ key: String, group: String? = nil) -> Value {
    guard let position = position(of: key, group: group) else { return .null }
    return inputs[position]
  }

  /// Whether this card has the input at all.
  ///
  /// - Complexity: O(*n*) in the number of inputs.
  public func hasInput(_ key: String, group: String? = nil) -> Bool {
    position(of: key, group: group) != nil
  }

  /// The inputs of a group with their keys, in field order.
  public func inputs(inGroup group: String) -> [(key: Text, value: Value)] {
    var found: [(key: Text, value: Value)] = []
    for (field, value) in zip(signature.inputs, inputs) where field.name.isIn(group: group) {
      found.append((field.name.key, value))
    }
    return found
  }

  /// The inputs without a group, in field order.
  public var plainInputs: [(key: Text, value: Value)] {
    var found: [(key: Text, value: Value)] = []
    found.reserveCapacity(inputs.count)
    for (field, value) in zip(signature.inputs, inputs) where field.name.group == nil {
      found.append((field.name.key, value))
    }
    return found
  }

  /// Sets an output that has no group.
  ///
  /// - Complexity: O(*n*) in the number of outputs.
  public mutating func set(_ key: String, to value: Value) {
    for position in signature.outputs.indices
    where signature.outputs[position].name.matches(key, group: nil) {
      outputs[position] = value
      return
    }
  }

  /// Sets every output to one value.
  public mutating func setAll(to value: Value) {
    for position in outputs.indices { outputs[position] = value }
  }

  private func position(of key: String, group: String?) -> Int? {
    signature.inputs.firstIndex { $0.name.matches(key, group: group) }
  }
}

extension FieldName {
  fileprivate func matches(_ key: String, group: String?) -> Bool {
    guard self.key.spells(key) else { return false }
    guard let group else { return self.group == nil }
    return isIn(group: group)
  }

  fileprivate func isIn(group: String) -> Bool {
    self.group?.spells(group) ?? false
  }
}

extension Text {
  /// Whether the text is `name`, compared without making a text of it.
  fileprivate func spells(_ name: String) -> Bool {
    bytes.count == name.utf8.count && bytes.elementsEqual(name.utf8)
  }
}
