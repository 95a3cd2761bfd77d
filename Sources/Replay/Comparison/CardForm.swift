internal import Flows
internal import Values

/// What a card says, its wires and the bodies it carries aside.
enum CardForm {
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
