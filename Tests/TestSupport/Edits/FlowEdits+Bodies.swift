internal import Values

// Edits of a body: which cards there are, in which order, and what feeds them.
extension FlowEdits {
  /// Takes a wire from one card's output and gives it to another's.
  mutating func rewire(_ body: Value, _ methods: [Value]) -> Value? {
    let (from, to) = (random.below(methods.count), random.below(methods.count))
    guard from != to, var pins = Self.pins(methods[from]), !pins.isEmpty,
      let outputs = methods[to].value(at: ["node", "model", "outputs", "data"])?.object,
      !outputs.isEmpty
    else { return nil }
    let output = random.pick(pins.keys)
    guard var targets = pins[output]?.object, !targets.isEmpty else { return nil }
    let target = random.pick(targets.keys)
    guard let wires = targets[target]?.list else { return nil }
    targets[target] = nil
    pins[output] = targets.isEmpty ? nil : .object(targets)
    let newOutput = random.pick(outputs.keys)
    var newPins = Self.pins(methods[to]) ?? Object()
    var newTargets = newPins[newOutput]?.object ?? Object()
    newTargets[target] = .list((newTargets[target]?.list ?? []) + wires)
    newPins[newOutput] = .object(newTargets)
    return body.setting(["methods", Text("\(from)"), "pins"], .object(pins))
      .setting(["methods", Text("\(to)"), "pins"], .object(newPins))
  }

  /// Lets two cards change their places.
  mutating func reorder(_ body: Value, _ methods: [Value]) -> Value? {
    guard methods.count > 2, let orderings = body.value(at: ["orderings"])?.object else {
      return nil
    }
    let first = 1 + random.below(methods.count - 2)
    guard let one = Self.uuid(methods[first]), let other = Self.uuid(methods[first + 1]) else {
      return nil
    }
    let pairs = orderings.map { key, pair in
      let swapped = (pair.list ?? []).map { item -> Value in
        item == .text(one) ? .text(other) : item == .text(other) ? .text(one) : item
      }
      return (key, Value.list(swapped))
    }
    return body.setting(["orderings"], .object(Object(pairs)))
  }

  /// Copies a card, without its wires, and puts it behind another.
  mutating func add(_ body: Value, _ methods: [Value]) -> Value? {
    let (place, behind) = (random.below(methods.count), random.below(methods.count))
    guard place > 0, let uuid = Self.uuid(methods[behind]) else { return nil }
    made += 1
    let copy = Text("added-\(made)")
    let card = Self.alone(methods[place]).setting(["uuid"], .text(copy))
    return insert(card, copy, behind: uuid, into: body)
  }

  /// Takes a card out, with all wires from it and to it; what stood before it stands before what
  /// stood behind it.
  mutating func delete(_ body: Value, _ methods: [Value]) -> Value? {
    let place = random.below(methods.count)
    guard place > 0 else { return nil }
    return Self.removing(place, from: body, methods)
  }

  /// Re-creates a card, which gets another id everywhere.
  mutating func newCardID(_ body: Value, _ methods: [Value]) -> Value? {
    guard let uuid = Self.uuid(random.pick(methods)) else { return nil }
    made += 1
    return body.replacing(uuid, with: Text("recreated-\(made)"))
  }

  /// Takes a card out of one body and puts it into another, without its wires.
  mutating func move(_ export: Value, _ bodies: [[Text]]) -> Value? {
    let (from, to) = (random.pick(bodies), random.pick(bodies))
    // A card cannot stand in itself, nor can the paths of bodies inside it stay.
    guard from != to, !to.starts(with: from), let body = export.value(at: from),
      let methods = body.value(at: ["methods"])?.list, methods.count > 1
    else { return nil }
    let place = 1 + random.below(methods.count - 1)
    guard let uuid = Self.uuid(methods[place]),
      let rest = Self.removing(place, from: body, methods)
    else { return nil }
    let without = from.starts(with: to) ? export : export.setting(from, rest)
    guard let other = without.value(at: to), let cards = other.value(at: ["methods"])?.list,
      !cards.isEmpty, let behind = Self.uuid(random.pick(cards))
    else { return nil }
    let card = Self.alone(methods[place])
    guard let filled = insert(card, uuid, behind: behind, into: other) else { return nil }
    let moved = without.setting(to, filled)
    return from.starts(with: to) ? moved.setting(from, rest) : moved
  }

  private mutating func insert(
    _ card: Value,
    _ uuid: Text,
    behind: Text,
    into body: Value
  ) -> Value? {
    guard let methods = body.value(at: ["methods"])?.list else { return nil }
    made += 1
    var orderings = body.value(at: ["orderings"])?.object ?? Object()
    let next = orderings.first { $0.value.list?.first == .text(behind) }?.value.list?.last
    orderings[Text("made-\(made)")] = [.text(behind), .text(uuid)]
    if let next, random.once(in: 2) {
      orderings[Text("next-\(made)")] = [.text(uuid), next]
    }
    return body.setting(["methods"], .list(methods + [card]))
      .setting(["orderings"], .object(orderings))
  }

  static func removing(_ place: Int, from body: Value, _ methods: [Value]) -> Value? {
    guard let uuid = uuid(methods[place]) else { return nil }
    var rest: [Value] = []
    for (number, method) in methods.enumerated() where number != place {
      let pins = (Self.pins(method) ?? Object()).compactMap { output, targets in
        var targets = targets.object ?? Object()
        targets[uuid] = nil
        return targets.isEmpty ? nil : (output, Value.object(targets))
      }
      rest.append(method.setting(["pins"], .object(Object(pins))))
    }
    let pairs = (body.value(at: ["orderings"])?.object ?? Object()).compactMap { $0.value.list }
    let before = pairs.filter { $0.last == .text(uuid) }.compactMap(\.first)
    let after = pairs.filter { $0.first == .text(uuid) }.compactMap(\.last)
    var kept = pairs.filter { !$0.contains(.text(uuid)) }
    for first in before { kept += after.map { [first, $0] } }
    let orderings = kept.enumerated().map { (Text("o\($0)"), Value.list($1)) }
    return body.setting(["methods"], .list(rest))
      .setting(["orderings"], .object(Object(orderings)))
  }

  private static func uuid(_ card: Value) -> Text? { card.value(at: ["uuid"])?.plainText }

  private static func pins(_ card: Value) -> Object? { card.value(at: ["pins"])?.object }

  /// A card without its wires and arms.
  private static func alone(_ card: Value) -> Value {
    card.setting(["pins"], [:]).setting(["branches"], [:]).setting(["joins"], [:])
  }
}
