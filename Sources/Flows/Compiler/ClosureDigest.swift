internal import Crypto
internal import Values

/// Makes the hash that identifies a flow version.
///
/// Hashed is what can alter a run: cards, their order, wires, constants, types, policies, triggers,
/// switches and the tables used. What only an editor shows, such as a card's position or label, and
/// the order of keys in the file do not count.
struct ClosureDigest {
  let closure: FlowClosure

  var hexadecimal: Text {
    let whole: Value = [
      "format": 1,
      "root": .text(closure.flow.id),
      "flows": .object(Object(closure.flows.map { ($0.id, form($0)) })),
      "tables": .object(Object(closure.tables.map { ($0.id, form($0)) })),
      "connections": .object(
        Object(closure.connections.map { ($0.id, .text($0.connector)) })
      ),
    ]
    var hash = SHA256()
    hash.update(data: CanonicalJSON.serialize(whole))
    return Text(hexadecimal: Array(hash.finalize()))
  }

  private func form(_ flow: Flow) -> Value {
    [
      "name": .text(flow.name), "trigger": form(flow.trigger),
      "security": Value(orNull: flow.securityLevel), "log": .boolean(flow.savesData),
      "body": form(flow.body),
    ]
  }

  private func form(_ trigger: FlowTrigger) -> Value {
    guard case .scheduled(let cron) = trigger else { return .text(Text(trigger.name)) }
    return [
      .text(Text(cron.description)), .text(cron.startDate), .text(cron.endDate),
      .number(cron.recurrence),
    ]
  }

  private func form(_ table: TableDefinition) -> Value {
    .list(table.columns.map { [.text($0.name), .text($0.type), $0.defaultValue] })
  }

  private func form(_ body: FlowBody) -> Value {
    [
      "id": .text(body.id),
      "cards": .list(body.cards.filter { !$0.isComment }.map { form($0, in: body) } as [Value]),
      "wires": .list(body.wires.map { form($0, in: body) }),
    ]
  }

  private func form(_ wire: Wire, in body: FlowBody) -> Value {
    let source = body.cards[wire.sourceCard]
    let target = body.cards[wire.targetCard]
    var parts: [Value] = [
      .text(source.uuid), .text(source.outputs[wire.sourceOutput].id),
      .text(target.uuid), .text(target.inputs[wire.targetInput].id),
    ]
    if let transform = wire.transform {
      parts.append(.text(Text("\(transform.conversion)")))
      parts.append(.boolean(transform.wrapsResult))
    }
    return .list(parts)
  }

  private func form(_ card: Card, in body: FlowBody) -> Value {
    var arms: [Value] = []
    for arm in [card.arms?.whenTrue, card.arms?.whenFalse].compactMap({ $0 }) {
      arms.append(.list(body.cards[arm].filter { !$0.isComment }.map { .text($0.uuid) }))
    }
    return [
      "uuid": .text(card.uuid), "address": .text(card.address),
      "inputs": .list(settled(card.inputs, by: \.name).map(form)),
      "outputs": .list(card.outputs.map { form($0.field, id: $0.id) }),
      "policy": form(card.errorPolicy), "retry": .number(Double(card.retry.count)),
      "delay": .number(card.retry.delayMilliseconds), "connection": Value(orNull: card.connection),
      "event": [.boolean(card.isEvent), .boolean(card.isEventBatch)],
      "arms": .list(arms),
      "joins": .list(
        card.joins.map { [.text(card.inputs[$0.input].id), .text(card.outputs[$0.output].id)] }
      ),
    ]
  }

  /// The inputs with captured variables and operands sorted: they have no index in exports, so only
  /// the order of keys in the file would order them, and nothing depends on it.
  private func settled(_ inputs: [InputField], by name: (InputField) -> FieldName) -> [InputField] {
    let hidden: [Text?] = ["context", "_expr"]
    let named = inputs.filter { !hidden.contains(name($0).group) }
    let rest = inputs.filter { hidden.contains(name($0).group) }
    return named
      + rest.sorted { name($0).text.bytes.lexicographicallyPrecedes(name($1).text.bytes) }
  }

  private func form(_ input: InputField) -> Value {
    let constant: Value =
      switch input.constant {
      case .value(let value): ["value": nameless(value)]
      case .flow(let id): ["flow": .text(id)]
      case .inline(let body): ["inline": form(body)]
      }
    let argument: Value =
      switch input.argument {
      case nil: .null
      case .fixed: "fixed"
      case .item(let path): ["item": .text(path)]
      }
    return [form(input.field, id: input.id), constant, argument]
  }

  /// A constant whose secrets are told by their digests alone: what a file calls them does not count.
  private func nameless(_ value: Value) -> Value {
    if closure.secrets.isEmpty { return value }
    return value.replacingTexts(closure.secrets.map { ($0.text, $0.nameless) })
  }

  private func form(_ field: CardField, id: Text) -> Value {
    [
      .text(id), Value(orNull: field.name.group), .text(field.name.key), form(field.type),
      .boolean(field.isCustom), .list((field.path ?? []).map { .text($0) }),
    ]
  }

  private func form(_ type: DeclaredType) -> Value {
    switch type {
    case .schema(let schema):
      .object(Object(schema.members.map { ($0.key, form($0.type)) }))
    case .list(let item): ["list", form(item)]
    case .string, .number, .boolean, .date, .object, .file, .flow, .any: .text(Text("\(type)"))
    }
  }

  private func form(_ policy: ErrorPolicy) -> Value {
    switch policy {
    case .stop: "stop"
    case .stopWithMessage: "message"
    case .tell(let id): ["tell": .text(id)]
    case .handler(let body): ["handler": form(body)]
    }
  }
}

extension Value {
  fileprivate init(orNull text: Text?) {
    self = text.map { .text($0) } ?? .null
  }
}

extension Text {
  /// The digits of bytes, two each, in lower case.
  init(hexadecimal bytes: some Sequence<UInt8>) {
    let digits = Array("0123456789abcdef".utf8)
    self.init(wtf8: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
