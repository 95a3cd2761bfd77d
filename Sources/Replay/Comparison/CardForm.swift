internal import Flows
internal import Values

/// What a card says, its wires and the bodies it carries aside.
enum CardForm {
  /// What a card says with its wires as they are, and whether its body begins with it, so that cards of
  /// equal forms run alike.
  ///
  /// `name` is what the version that is compared with calls a card.
  static func exact(
    _ located: LocatedCard,
    in index: CardIndex,
    name: (CardID) -> CardID?
  ) -> Value {
    let card = located.card
    let body = index.bodies[located.body]
    let wires = body.body.wires.filter { $0.targetCard == located.place }.map { wire -> Value in
      let source = index.cards[body.numbers[wire.sourceCard]]
      return [
        .text(card.inputs[wire.targetInput].name.text),
        name(source.id).map { .text($0.text) } ?? .null,
        .text(source.card.outputs[wire.sourceOutput].name.text),
        wire.transform.map { [.text(Text("\($0.conversion)")), .boolean($0.wrapsResult)] } ?? .null,
      ]
    }
    let joins = card.joins.map { join -> Value in
      [.text(card.inputs[join.input].name.text), .text(card.outputs[join.output].name.text)]
    }
    return [
      value(of: card), .list(card.inputs.filter(\.isCapture).map(value)), .list(wires),
      .list(joins), .boolean(card.arms != nil), .boolean(located.place == 0),
    ]
  }

  static func value(of card: Card) -> Value {
    [
      "kind": .text(Text("\(card.kind)")),
      "inputs": .list(card.inputs.filter { !$0.isCapture }.map(value)),
      "outputs": .list(card.outputs.map { value($0.field) }),
      "policy": policy(card.errorPolicy),
      "retry": [.number(Double(card.retry.count)), .number(card.retry.delayMilliseconds)],
      "connection": card.connection.map { .text($0) } ?? .null,
      "event": [.boolean(card.isEvent), .boolean(card.isEventBatch)],
    ]
  }

  /// What a card says, field by field, for a reader.
  static func fields(of card: Card) -> Object {
    let inputs = card.inputs.filter { !$0.isCapture }
    var fields: Object = ["card": .text(Text("\(card.kind)")), "name": .text(card.name)]
    for input in inputs {
      fields[input.name.text] = shown(input)
      let type = Text("type of ") + input.name.text
      fields[type] = self.type(input.field.type)
      if case .item(let path)? = input.argument {
        fields[input.name.text] = ["item": .text(path)]
      }
    }
    for output in card.outputs where output.name.group != "context" {
      fields[Text("output ") + output.name.text] = type(output.field.type)
    }
    fields["order of inputs"] = .list(inputs.map { .text($0.name.text) })
    fields["order of outputs"] = .list(card.outputs.map { .text($0.name.text) })
    fields["on error"] = policy(card.errorPolicy)
    fields["retries"] = .number(Double(card.retry.count))
    fields["retry after"] = .number(card.retry.delayMilliseconds)
    fields["connection"] = card.connection.map { .text($0) } ?? .null
    fields["batches"] = .boolean(card.isEventBatch)
    return fields
  }

  private static func shown(_ input: InputField) -> Value {
    switch input.constant {
    case .value(let value): value
    case .flow(let id): ["flow": .text(id)]
    case .inline: "a flow inside the card"
    }
  }

  private static func value(_ input: InputField) -> Value {
    let constant: Value =
      switch input.constant {
      case .value(let value): ["value": value]
      case .flow(let id): ["flow": .text(id)]
      case .inline: "inline"
      }
    let argument: Value =
      switch input.argument {
      case nil: .null
      case .fixed: "fixed"
      case .item(let path): ["item": .text(path)]
      }
    return [value(input.field), constant, argument]
  }

  private static func value(_ field: CardField) -> Value {
    [
      .text(field.name.text), type(field.type), .boolean(field.isCustom),
      .list((field.path ?? []).map { .text($0) }),
    ]
  }

  private static func type(_ type: DeclaredType) -> Value {
    switch type {
    case .schema(let schema): .object(Object(schema.members.map { ($0.key, self.type($0.type)) }))
    case .list(let item): ["list", self.type(item)]
    case .string, .number, .boolean, .date, .object, .file, .flow, .any: .text(Text("\(type)"))
    }
  }

  private static func policy(_ policy: ErrorPolicy) -> Value {
    switch policy {
    case .stop: "stop"
    case .stopWithMessage: "message"
    case .tell(let id): ["tell": .text(id)]
    case .handler: "handler"
    }
  }
}

extension InputField {
  /// Whether the input only carries a variable into the bodies of its card.
  fileprivate var isCapture: Bool { name.group == "context" }
}
