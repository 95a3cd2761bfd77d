public import Values

/// Writes a flow as the JSON of an export, card by card.
///
/// Cards run in the order in which they are added. Fields are written `group/key:type`, with `[]`
/// behind the type for a list and the type `string` where none is given:
///
///     var flow = FlowBuilder("greet")
///     flow.card("start", "control:callable", outputs: ["name"])
///     flow.card(
///       "text", "string:compose",
///       ["_text_": .constant("Hello {{{name}}}"), "name": .wire("start.name")], outputs: ["output"])
///     let bytes = FlowBuilder.export([flow])
public struct FlowBuilder: Sendable {
  /// The flow's id and name.
  public let id: String
  /// Members of the flow that differ from what the builder writes.
  public var overrides: Object = [:]

  private var cards: [Text: Object] = [:]
  private var uuids: [String] = []
  private var orderings: [(String, String)] = []
  private var pins: [(from: String, to: String, input: String, transform: Value)] = []
  private var open: [String] = []

  /// Begins a flow without cards.
  public init(_ id: String) {
    self.id = id
  }
}

/// Where an input of a card that a test builds gets its value from.
public indirect enum FlowInput {
  /// A constant.
  case constant(Value)
  /// The output of another card, written `card.group/key`.
  case wire(String)
  /// The output of another card, converted on the way.
  case converted(String, by: String)
  /// A flow of the export, by its id.
  case flow(String)
  /// A flow inside the card.
  case inline(FlowBuilder)
  /// An argument of a list card: the current item at a path.
  case item(String)
  /// An argument of a list card that is the same for every item.
  case fixed(FlowInput)
  /// The same, marked as added by the author.
  case custom(FlowInput)
}

extension FlowBuilder {
  /// Adds a card behind the last one.
  public mutating func card(
    _ uuid: String,
    _ address: String,
    _ inputs: KeyValuePairs<String, FlowInput> = [:],
    outputs: [String] = [],
    policy: Value = ["type": "finish"],
    model: Object = [:]
  ) {
    for previous in open { orderings.append((previous, uuid)) }
    open = [uuid]
    add(uuid, address, Array(inputs.map { ($0.key, $0.value) }), outputs, policy, model)
  }

  /// Adds an If/Else with its arms and join; `joined` names the join's fields and their sources in
  /// the arms.
  public mutating func ifElse(
    _ uuid: String,
    _ inputs: KeyValuePairs<String, FlowInput>,
    joined: [(name: String, whenTrue: String?, whenFalse: String?)] = [],
    whenTrue: (inout FlowBuilder) -> Void,
    whenFalse: (inout FlowBuilder) -> Void
  ) {
    card(uuid, "control:if", inputs, outputs: ["result:boolean"])
    let (yes, no) = ("\(uuid)-yes", "\(uuid)-no")
    cards[Text(uuid)]?["branches"] = .object([Text(yes): true, Text(no): false])
    var ends: [String] = []
    open = []
    card(yes, "control:noop")
    whenTrue(&self)
    ends += open
    open = []
    card(no, "control:noop")
    whenFalse(&self)
    ends += open
    open = ends
    card("\(uuid)-join", "control:join", [:], outputs: joined.map(\.name))
    var joins = Object()
    var fields = Object()
    for (name, first, second) in joined {
      let field = FlowField(name)
      fields[Text("in:" + field.name)] = field.input(.null)
      joins[Text("in:" + field.name)] = [
        ["output": .text(Text("out:" + field.name)), "transform": .null]
      ]
      for source in [first, second].compactMap({ $0 }) {
        pins.append((source, "\(uuid)-join", "in:" + field.name, .null))
      }
    }
    cards[Text("\(uuid)-join")]?["joins"] = .object(joins)
    cards[Text("\(uuid)-join")]?["inputs"] = .object(fields)
  }

  /// Adds a pair to `orderings` as it stands.
  public mutating func order(_ before: String, _ after: String) {
    orderings.append((before, after))
  }

  /// Adds a wire as it stands, `card.output` to `card` and the id of an input.
  public mutating func wire(_ source: String, to card: String, input: String) {
    pins.append((source, card, "in:" + input, .null))
  }

  private mutating func add(
    _ uuid: String,
    _ address: String,
    _ inputs: [(String, FlowInput)],
    _ outputs: [String],
    _ policy: Value,
    _ model: Object
  ) {
    var fields = Object()
    for (index, (name, input)) in inputs.enumerated() {
      let field = FlowField(name)
      fields[Text("in:" + field.id(for: input))] = field.input(input, index: index)
      if let (source, transform) = input.source(of: field) {
        pins.append((source, uuid, "in:" + field.id(for: input), transform))
      }
    }
    var declared = Object()
    for (index, name) in outputs.enumerated() {
      let field = FlowField(name)
      declared[Text("out:" + field.name)] = field.output(index: index)
    }
    var mirrored = fields
    if ["control:callable", "http:accept", "http:delegated"].contains(address) {
      for name in outputs {
        let field = FlowField(name)
        mirrored[Text("in:" + field.name)] = field.input(.null)
      }
    }
    uuids.append(uuid)
    cards[Text(uuid)] = [
      "address": .text(Text(Self.exported(address))), "inputs": .object(mirrored),
      "outputs": .object(declared), "policy": policy, "model": .object(model),
    ]
  }

  private static func exported(_ address: String) -> String {
    let parts = address.split(separator: ":").map(String.init)
    if parts.count != 2 { return address }
    let kernel = [
      "control", "string", "list", "object", "date", "math", "json", "http", "boolean", "crypto",
      "jwt", "url", "utility", "xml",
    ]
    return kernel.contains(parts[0])
      ? "root:kernel:\(parts[0]):0.0.1:\(parts[1])"
      : "root:channels:http:\(parts[0]):1.0.0:\(parts[1])"
  }
}

extension FlowBuilder {
  /// The body as an inline flow or a top-level flow has it.
  public var body: Value {
    var pairs = Object()
    for (index, pair) in orderings.enumerated() {
      pairs[Text("o\(index)")] = [.text(Text(pair.0)), .text(Text(pair.1))]
    }
    var object: Object = [
      "uuid": .text(Text(id)), "methods": .list(uuids.map(method)), "orderings": .object(pairs),
      "log": true,
    ]
    for (key, value) in overrides { object[key] = value }
    return .object(object)
  }

  private func method(_ uuid: String) -> Value {
    let card = cards[Text(uuid)] ?? [:]
    var model: Object = [
      "inputs": ["data": card["inputs"] ?? [:]], "outputs": ["data": card["outputs"] ?? [:]],
      "policy": ["error": card["policy"] ?? [:]], "config": .null,
    ]
    if case .object(let extra)? = card["model"] {
      for (key, value) in extra { model[key] = value }
    }
    return [
      "uuid": .text(Text(uuid)), "address": card["address"] ?? .null,
      "node": ["data": ["name": .text(Text(uuid))], "model": .object(model)],
      "pins": pins(from: uuid), "branches": card["branches"] ?? [:], "joins": card["joins"] ?? [:],
    ]
  }

  private func pins(from uuid: String) -> Value {
    var found = Object()
    for pin in pins {
      let parts = pin.from.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0] == uuid else { continue }
      let output = Text("out:" + parts[1])
      var targets = Object()
      if case .object(let present)? = found[output] { targets = present }
      var list: [Value] = []
      if case .list(let present)? = targets[Text(pin.to)] { list = present }
      var transform = pin.transform
      if case .text = transform {
        transform = [output: ["convert": pin.transform, "forceWrapArray": false]]
      }
      list.append(["input": .text(Text(pin.input)), "transform": transform])
      targets[Text(pin.to)] = .list(list)
      found[output] = .object(targets)
    }
    return .object(found)
  }

  /// An export of flows, tables and connections.
  public static func export(
    _ flows: [FlowBuilder],
    tables: Object = [:],
    configs: Object = [:]
  ) -> [UInt8] {
    var flos = Object()
    for flow in flows {
      let id = Value.text(Text(flow.id))
      flos[Text(flow.id)] = ["id": id, "name": id, "description": "", "data": flow.body]
    }
    return JSON.serialize([
      "type": "flopack", "version": "1.5.0",
      "data": [
        "flos": .object(flos), "configs": .object(configs), "tables": .object(tables),
        "groups": [:],
      ],
    ])
  }
}
