internal import Values

// Edits of one card.
extension FlowEdits {
  private static let inputs: [Text] = ["node", "model", "inputs", "data"]
  private static let outputs: [Text] = ["node", "model", "outputs", "data"]

  mutating func editCard(
    _ card: Value,
    _ kind: Kind,
    _ flows: [Text],
    _ others: [Value]
  ) -> Value? {
    switch kind {
    case .input: editInput(card)
    case .leaf: editLeaf(card)
    case .type: editType(card)
    case .item: editItem(card)
    case .output: editOutput(card)
    case .condition: editCondition(card)
    case .arms: swapArms(card)
    case .policy: editPolicy(card)
    case .connection: editConnection(card)
    case .callee: editCallee(card, flows)
    case .replace: replace(card, others)
    case .cardName: card.setting(["node", "data", "name"], "renamed")
    default: nil
    }
  }

  /// An input that holds no body, with its path.
  private mutating func input(
    of card: Value,
    where isWanted: (Value) -> Bool = { _ in true }
  ) -> (path: [Text], field: Value)? {
    let fields = (card.value(at: Self.inputs)?.object ?? Object()).filter { _, field in
      field.value(at: ["value", "data", "methods"]) == nil && isWanted(field)
    }
    if fields.isEmpty { return nil }
    let chosen = random.pick(fields)
    return (Self.inputs + [chosen.key], chosen.value)
  }

  private mutating func editInput(_ card: Value) -> Value? {
    guard let (path, field) = input(of: card) else { return nil }
    let constant = field.value(at: ["value", "data"]) ?? .null
    return card.setting(path + ["value", "data"], constant == .null ? "edited" : constant.another)
  }

  /// Changes any member of a card, of its fields and of the bodies in it.
  private mutating func editLeaf(_ card: Value) -> Value? {
    let leaves = card.leaves
    if leaves.isEmpty { return nil }
    let path = random.pick(leaves)
    guard let value = card.value(at: path) else { return nil }
    return random.once(in: 3) ? card.removing(path) : card.setting(path, value.another)
  }

  private mutating func editType(_ card: Value) -> Value? {
    guard let (path, field) = input(of: card) else { return nil }
    if random.once(in: 2) {
      let isList = field.value(at: ["value", "collection"]) == true
      return card.setting(path + ["value", "collection"], .boolean(!isList))
    }
    let types: [Value] = ["string", "number", "boolean", "Date", "object", "*"]
    return card.setting(path + ["value", "type"], random.pick(types))
  }

  private mutating func editItem(_ card: Value) -> Value? {
    let argument = input(of: card) { $0.value(at: ["value", "proxy", "dynamic"]) == true }
    guard let (path, field) = argument else { return nil }
    if random.once(in: 2) { return card.setting(path + ["value", "proxy", "dynamic"], false) }
    let item = field.value(at: ["value", "proxy", "path"]) ?? ""
    return card.setting(path + ["value", "proxy", "path"], item.another)
  }

  private mutating func editOutput(_ card: Value) -> Value? {
    guard let fields = card.value(at: Self.outputs)?.object, !fields.isEmpty else { return nil }
    let chosen = random.pick(fields)
    let path = Self.outputs + [chosen.key]
    switch random.below(3) {
    case 0: return card.removing(path)
    case 1: return card.setting(path + ["key"], (chosen.value.value(at: ["key"]) ?? "").another)
    default:
      let isList = chosen.value.value(at: ["value", "collection"]) == true
      return card.setting(path + ["value", "collection"], .boolean(!isList))
    }
  }

  private mutating func editCondition(_ card: Value) -> Value? {
    guard let (path, _) = input(of: card, where: { $0.value(at: ["key"]) == "operator" }) else {
      return nil
    }
    let operators: [Value] = ["==", "!=", "<", ">", "<=", ">="]
    return card.setting(path + ["value", "data"], random.pick(operators))
  }

  /// Lets the arms of a branch, or the bodies inside a card, change their places.
  private mutating func swapArms(_ card: Value) -> Value? {
    if let arms = card.value(at: ["branches"])?.object, !arms.isEmpty {
      let swapped = arms.map { ($0.key, Value.boolean($0.value != true)) }
      return card.setting(["branches"], .object(Object(swapped)))
    }
    var bodies: [[Text]] = []
    Self.findBodies(card, [], &bodies)
    guard bodies.count > 1 else { return nil }
    let (one, other) = (bodies[0], random.pick(bodies.dropFirst()))
    guard let first = card.value(at: one), let second = card.value(at: other) else { return nil }
    return card.setting(one, second).setting(other, first)
  }

  private mutating func editPolicy(_ card: Value) -> Value? {
    let path: [Text] = ["node", "model", "policy", "error"]
    switch random.below(3) {
    case 0: return card.setting(path + ["type"], "finish")
    case 1: return card.setting(path + ["type"], "return")
    default: return card.setting(path + ["retry"], .number(Double(1 + random.below(3))))
    }
  }

  private mutating func editConnection(_ card: Value) -> Value? {
    let path: [Text] = ["node", "model", "config"]
    guard let config = card.value(at: path), config != .null else { return nil }
    return card.setting(path, .null)
  }

  /// Lets a card call another flow.
  private mutating func editCallee(_ card: Value, _ flows: [Text]) -> Value? {
    let callee = input(of: card) { field in
      field.value(at: ["value", "data"])?.plainText.map(flows.contains) ?? false
    }
    guard let (path, _) = callee else { return nil }
    return card.setting(path + ["value", "data"], .text(random.pick(flows)))
  }

  /// Makes a card one of another type, with the inputs and outputs that it has.
  private mutating func replace(_ card: Value, _ others: [Value]) -> Value? {
    guard let address = random.pick(others).value(at: ["address"]) else { return nil }
    return card.setting(["address"], address)
  }
}
