import Flows
import TestSupport
import Values

/// Seeded edits of an export, as an author would make them: each changes one body of one flow.
struct FlowEdits {
  enum Kind: CaseIterable {
    case input, rewire, reorder, add, delete, rename
  }

  private var random: SplitMix64
  private var made = 0

  init(_ random: SplitMix64) {
    self.random = random
  }

  /// A pack with an edit of a kind, that loads and still has the flow; nil where none was found.
  mutating func edited(_ export: Value, _ kind: Kind, keeping flow: Text) -> FlowPack? {
    for _ in 0..<60 {
      let value = edited(export, kind)
      if let value, let pack = try? FlowPack.load(JSON.serialize(value), source: "edited"),
        pack.closure(of: flow) != nil
      {
        return pack
      }
    }
    return nil
  }

  private mutating func edited(_ export: Value, _ kind: Kind) -> Value? {
    guard let flows = export["data"]?["flos"]?.object, !flows.isEmpty else { return nil }
    let id = random.pick(flows.keys)
    if kind == .rename { return export.setting(["data", "flos", id, "name"], "renamed") }
    let path: [Text] = ["data", "flos", id, "data"]
    guard let body = export.value(at: path) else { return nil }
    var bodies: [[Text]] = []
    Self.findBodies(body, path, &bodies)
    let chosen = random.pick(bodies)
    guard let edited = export.value(at: chosen).flatMap({ edit($0, kind) }) else { return nil }
    return export.setting(chosen, edited)
  }

  /// The paths of a body and of those inside its cards.
  private static func findBodies(_ value: Value, _ path: [Text], _ found: inout [[Text]]) {
    switch value {
    case .object(let object):
      if object["methods"] != nil { found.append(path) }
      for (key, member) in object { findBodies(member, path + [key], &found) }
    case .list(let items):
      for (place, item) in items.enumerated() {
        findBodies(item, path + [Text("\(place)")], &found)
      }
    default: break
    }
  }
}

// MARK: - Edits of a body

extension FlowEdits {
  private mutating func edit(_ body: Value, _ kind: Kind) -> Value? {
    guard let methods = body["methods"]?.list, !methods.isEmpty else { return nil }
    switch kind {
    case .input: return editInput(body, methods)
    case .rewire: return rewire(body, methods)
    case .reorder: return reorder(body, methods)
    case .add: return add(body, methods)
    case .delete: return delete(body, methods)
    case .rename: return nil
    }
  }

  private mutating func editInput(_ body: Value, _ methods: [Value]) -> Value? {
    let place = random.below(methods.count)
    let path: [Text] = ["node", "model", "inputs", "data"]
    guard let inputs = methods[place].value(at: path)?.object, !inputs.isEmpty else { return nil }
    let key = random.pick(inputs.keys)
    let value: Value
    switch inputs[key]?.value(at: ["value", "data"]) {
    case .text(let text)?: value = .text(text + "x")
    case .number(let number)?: value = .number(number + 1)
    case .boolean(let boolean)?: value = .boolean(!boolean)
    case .object(let object)? where object["methods"] != nil: return nil
    default: value = "edited"
    }
    return body.setting(["methods", Text("\(place)")] + path + [key, "value", "data"], value)
  }

  /// Takes a wire from one card's output and gives it to another's.
  private mutating func rewire(_ body: Value, _ methods: [Value]) -> Value? {
    let (from, to) = (random.below(methods.count), random.below(methods.count))
    guard from != to, var pins = methods[from]["pins"]?.object, !pins.isEmpty,
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
    var newPins = methods[to]["pins"]?.object ?? Object()
    var newTargets = newPins[newOutput]?.object ?? Object()
    newTargets[target] = .list((newTargets[target]?.list ?? []) + wires)
    newPins[newOutput] = .object(newTargets)
    return body.setting(["methods", Text("\(from)"), "pins"], .object(pins))
      .setting(["methods", Text("\(to)"), "pins"], .object(newPins))
  }

  /// Lets two cards change their places.
  private mutating func reorder(_ body: Value, _ methods: [Value]) -> Value? {
    guard methods.count > 2, let orderings = body["orderings"]?.object else { return nil }
    let first = 1 + random.below(methods.count - 2)
    guard let one = methods[first]["uuid"], let other = methods[first + 1]["uuid"] else {
      return nil
    }
    let pairs = orderings.map { key, pair in
      (key, Value.list((pair.list ?? []).map { $0 == one ? other : $0 == other ? one : $0 }))
    }
    return body.setting(["orderings"], .object(Object(pairs)))
  }

  /// Copies a card, without its wires, and puts it behind another.
  private mutating func add(_ body: Value, _ methods: [Value]) -> Value? {
    let (place, behind) = (random.below(methods.count), random.below(methods.count))
    guard place > 0, let uuid = methods[behind]["uuid"] else { return nil }
    made += 1
    let copy = Text("added-\(made)")
    var card = methods[place].setting(["uuid"], .text(copy)).setting(["pins"], [:])
    card = card.setting(["branches"], [:]).setting(["joins"], [:])
    var orderings = body["orderings"]?.object ?? Object()
    let next = orderings.first { $0.value.list?.first == uuid }?.value.list?.last
    orderings[copy] = .list([uuid, .text(copy)])
    if let next, random.once(in: 2) {
      orderings[Text("next-\(made)")] = .list([.text(copy), next])
    }
    return body.setting(["methods"], .list(methods + [card]))
      .setting(["orderings"], .object(orderings))
  }

  /// Takes a card out, with all wires from it and to it; what stood before it stands before what
  /// stood behind it.
  private mutating func delete(_ body: Value, _ methods: [Value]) -> Value? {
    let place = random.below(methods.count)
    guard place > 0, case .text(let uuid)? = methods[place]["uuid"] else { return nil }
    var rest: [Value] = []
    for (number, method) in methods.enumerated() where number != place {
      let pins = (method["pins"]?.object ?? Object()).compactMap { output, targets in
        var targets = targets.object ?? Object()
        targets[uuid] = nil
        return targets.isEmpty ? nil : (output, Value.object(targets))
      }
      rest.append(method.setting(["pins"], .object(Object(pins))))
    }
    let pairs = (body["orderings"]?.object ?? Object()).compactMap { $0.value.list }
    let before = pairs.filter { $0.last == .text(uuid) }.compactMap(\.first)
    let after = pairs.filter { $0.first == .text(uuid) }.compactMap(\.last)
    var kept = pairs.filter { !$0.contains(.text(uuid)) }
    for first in before { kept += after.map { [first, $0] } }
    let orderings = kept.enumerated().map { (Text("o\($0)"), Value.list($1)) }
    return body.setting(["methods"], .list(rest)).setting(["orderings"], .object(Object(orderings)))
  }
}

// MARK: - Values by path

extension Value {
  fileprivate var object: Object? { if case .object(let object) = self { object } else { nil } }

  fileprivate var list: [Value]? { if case .list(let items) = self { items } else { nil } }

  fileprivate subscript(key: Text) -> Value? { object?[key] }

  /// The value at keys, which of a list are places.
  fileprivate func value(at path: [Text]) -> Value? {
    guard let first = path.first else { return self }
    let member =
      list.flatMap { items in
        Int(first.description).flatMap { items.indices.contains($0) ? items[$0] : nil as Value? }
      } ?? self[first]
    return member.flatMap { $0.value(at: Array(path.dropFirst())) }
  }

  /// The value with another one at keys.
  fileprivate func setting(_ path: [Text], _ value: Value) -> Value {
    guard let first = path.first else { return value }
    let rest = Array(path.dropFirst())
    if var items = list, let place = Int(first.description), items.indices.contains(place) {
      items[place] = items[place].setting(rest, value)
      return .list(items)
    }
    guard var object else { return self }
    object[first] = (object[first] ?? .object(Object())).setting(rest, value)
    return .object(object)
  }
}
