public import Values

/// An export with edits that a test names: each says where, and throws where there is no such place.
public struct EditedExport {
  /// The export as it is edited.
  public private(set) var value: Value

  /// Begins with an export as it stands.
  ///
  /// - Throws: `JSONError` where the bytes are none.
  public init(_ bytes: [UInt8]) throws {
    value = try JSON.parse(bytes)
  }

  /// The export's bytes.
  public var bytes: [UInt8] { JSON.serialize(value) }

  /// What an edit throws that finds nothing to edit.
  public struct NoSuchPlace: Error {
    /// What was looked for.
    public let name: Text
  }
}

extension EditedExport {
  /// Gives an input a constant, and cuts the wires to it; the field is written `group/key`.
  public mutating func set(_ field: Text, of card: Text, to constant: Value) throws {
    let (body, place) = try find(card)
    let input = try input(field, at: body + place)
    value = value.setting(
      body + place + ["node", "model", "inputs", "data", input, "value", "data"],
      constant
    )
    try rewire(in: body) { target, wire in
      target == card && wire.value(at: ["input"]) == .text(input) ? nil : (target, wire)
    }
  }

  /// Makes a card one of another connector and method, written `connector:method`.
  public mutating func setMethod(of card: Text, to method: Text) throws {
    let (body, place) = try find(card)
    let parts = method.split(separator: ":")
    let address = Text.joined(["root:channels:http", parts[0], "1.0.0", parts[1]], separator: ":")
    value = value.setting(body + place + ["address"], .text(address))
  }

  /// Takes a card out, with the wires from it and to it.
  public mutating func remove(_ card: Text) throws {
    let (body, place) = try find(card)
    guard let number = Int(place[1].description), let old = value.value(at: body),
      let methods = old.value(at: ["methods"])?.list,
      let rest = FlowEdits.removing(number, from: old, methods)
    else { throw NoSuchPlace(name: card) }
    value = value.setting(body, rest)
  }

  /// Adds the only card of a builder behind another, before what follows that.
  public mutating func add(behind card: Text, _ build: (inout FlowBuilder) -> Void) throws {
    let (body, _) = try find(card)
    let added = try Self.card(build)
    try insert(added.card, in: body)
    try order(in: body) { pair in pair[0] == card ? [added.uuid, pair[1]] : pair }
    value = value.setting(
      body + ["orderings", "behind-" + added.uuid],
      [.text(card), .text(added.uuid)]
    )
  }

  /// Gives a card another id everywhere in its flow, as if it had been deleted and made again.
  public mutating func recreate(_ card: Text, as uuid: Text) throws {
    let (body, _) = try find(card)
    guard let old = value.value(at: body) else { throw NoSuchPlace(name: card) }
    value = value.setting(body, old.replacing(card, with: uuid))
  }

  /// Gives a flow another id everywhere, as if it had been imported again.
  public mutating func reimport(_ flow: Text, as id: Text) throws {
    guard value.value(at: ["data", "flos", flow]) != nil else { throw NoSuchPlace(name: flow) }
    value = value.replacing(flow, with: id)
  }

  /// Lets a list card have its items in the opposite order, by a card of the id `reversed` before it.
  public mutating func reverse(_ field: Text, of card: Text) throws {
    let (body, place) = try find(card)
    let input = try input(field, at: body + place)
    let added = try Self.card { flow in
      flow.card(
        "reversed",
        "list:reverse",
        ["list:object[]": .constant([])],
        outputs: ["output:object[]"]
      )
    }
    try rewire(in: body) { target, wire in
      guard target == card, wire.value(at: ["input"]) == .text(input) else { return (target, wire) }
      return (added.uuid, wire.setting(["input"], "in:list"))
    }
    let wires: Value = [
      "out:output": .object([card: [["input": .text(input), "transform": .null]]])
    ]
    try insert(added.card.setting(["pins"], wires), in: body)
    try order(in: body) { pair in pair[1] == card ? [pair[0], added.uuid] : pair }
    value = value.setting(body + ["orderings", "reversed"], [.text(added.uuid), .text(card)])
  }
}

extension EditedExport {
  /// The path of the body in which a card stands, and of the card in it.
  private func find(_ card: Text) throws -> (body: [Text], card: [Text]) {
    var bodies: [[Text]] = []
    FlowEdits.findBodies(value, [], &bodies)
    for body in bodies {
      let methods = value.value(at: body + ["methods"])?.list ?? []
      if let place = methods.firstIndex(where: { $0.value(at: ["uuid"]) == .text(card) }) {
        return (body, ["methods", Text("\(place)")])
      }
    }
    throw NoSuchPlace(name: card)
  }

  /// The id of an input.
  private func input(_ field: Text, at card: [Text]) throws -> Text {
    let fields = value.value(at: card + ["node", "model", "inputs", "data"])?.object ?? Object()
    let found = fields.first { _, input in
      let group = input.value(at: ["group"])?.plainText
      let key = input.value(at: ["key"])?.plainText ?? .empty
      return (group.map { $0 + "/" + key } ?? key) == field
    }
    guard let found else { throw NoSuchPlace(name: field) }
    return found.key
  }

  /// Gives each wire of a body another target, or none.
  private mutating func rewire(
    in body: [Text],
    _ change: (Text, Value) -> (Text, Value)?
  ) throws {
    let methods = value.value(at: body + ["methods"])?.list ?? []
    let edited = methods.map { method in
      var pins = Object()
      for (output, targets) in method.value(at: ["pins"])?.object ?? Object() {
        var kept = Object()
        for (target, wires) in targets.object ?? Object() {
          for wire in wires.list ?? [] {
            guard let (target, wire) = change(target, wire) else { continue }
            kept[target] = .list((kept[target]?.list ?? []) + [wire])
          }
        }
        if !kept.isEmpty { pins[output] = .object(kept) }
      }
      return method.setting(["pins"], .object(pins))
    }
    value = value.setting(body + ["methods"], .list(edited))
  }

  private mutating func insert(_ card: Value, in body: [Text]) throws {
    let methods = value.value(at: body + ["methods"])?.list ?? []
    value = value.setting(body + ["methods"], .list(methods + [card]))
  }

  private mutating func order(in body: [Text], _ change: ([Text]) -> [Text]) throws {
    let pairs = value.value(at: body + ["orderings"])?.object ?? Object()
    let edited = pairs.map { key, pair in
      (key, Value.list(change((pair.list ?? []).compactMap(\.plainText)).map { .text($0) }))
    }
    value = value.setting(body + ["orderings"], .object(Object(edited)))
  }

  private static func card(_ build: (inout FlowBuilder) -> Void) throws -> (uuid: Text, card: Value)
  {
    var flow = FlowBuilder("added")
    build(&flow)
    guard let card = flow.body.value(at: ["methods", "0"]),
      let uuid = card.value(at: ["uuid"])?.plainText
    else { throw NoSuchPlace(name: "added") }
    return (uuid, card)
  }
}
