internal import Flows
internal import Values

/// An outline as lines of JSON; `docs/json.md` explains the keys.
extension FlowOutline {
  /// What is said of the flow.
  var head: Object {
    var (event, schedule) = (Value.null, Value.null)
    switch flow.trigger {
    case .connectorEvent(let found): event = .text(Text("\(found.connector):\(found.method)"))
    case .scheduled(let cron): schedule = .text(Text("\(cron)"))
    case .helper, .manual, .apiEndpoint, .delegated: break
    }
    return [
      "flow": .text(flow.id), "name": .text(flow.name), "description": .text(flow.description),
      "trigger": .text(Text(flow.trigger.name)),
      "event": event, "schedule": schedule,
      "securityLevel": flow.securityLevel.map { .text($0) } ?? .null,
      "savesData": .boolean(flow.savesData),
      "cards": .number(Double(cards.count)),
    ]
  }

  /// A line for each card, arm and note.
  var lines: [Object] {
    entries.map { entry in
      switch entry {
      case .card(let card): Self.line(card)
      case .arm(let arm): Self.line(arm)
      case .note(let note, let depth):
        ["note": .text(note), "depth": .number(Double(depth))]
      }
    }
  }

  private static func line(_ arm: OutlineArm) -> Object {
    var line: Object = ["arm": .text(arm.name), "depth": .number(Double(arm.depth))]
    if let condition = arm.condition { line["condition"] = value(condition) }
    return line
  }

  private static func line(_ outlined: OutlineCard) -> Object {
    let card = outlined.card
    var line: Object = [
      "number": .number(Double(outlined.number)), "depth": .number(Double(outlined.depth)),
      "card": .text(card.uuid), "name": .text(card.name), "address": .text(Text("\(card.kind)")),
    ]
    if !card.note.isEmpty { line["note"] = .text(card.note) }
    if let condition = outlined.condition { line["condition"] = value(condition) }
    if let template = outlined.template {
      line["template"] = .list(
        template.map { part in
          switch part {
          case .literal(let text): .text(text)
          case .slot(let sources): .list(sources.map(value))
          }
        }
      )
    }
    if !outlined.rowConditions.isEmpty {
      line["where"] = .list(
        outlined.rowConditions.map { term in
          [
            "column": .text(term.column), "comparison": .text(term.comparison),
            "operand": .list(term.operand.map(value)),
            "next": term.isAlternativeNext ? "or" : "and",
          ]
        }
      )
    }
    line["inputs"] = .list(
      outlined.inputs.map { input in
        [
          "name": .text(input.field.name.text), "label": .text(input.label),
          "from": .list(input.sources.map(value)),
        ]
      }
    )
    line["outputs"] = .list(card.outputs.map { .text($0.name.text) })
    if let connection = outlined.connection { line["connection"] = .text(connection) }
    if let table = outlined.table { line["table"] = .text(table) }
    if let flow = outlined.errorFlow { line["onError"] = .text(flow) }
    if card.retry.count > 0 { line["retries"] = .number(Double(card.retry.count)) }
    return line
  }

  private static func value(_ condition: OutlineCondition) -> Value {
    [
      "left": .list(condition.left.map(value)),
      "comparison": .list(condition.comparison.map(value)),
      "right": .list(condition.right.map(value)),
    ]
  }

  private static func value(_ source: OutlineSource) -> Value {
    switch source {
    case .constant(let value): ["value": value]
    case .output(let card, let name, let transform):
      .object(
        converted(["number": .number(Double(card)), "output": .text(name.text)], transform)
      )
    case .given(let name, let transform):
      .object(converted(["given": .text(name.text)], transform))
    case .item(let path): ["item": .text(path)]
    case .member(let source, let path, let transform):
      .object(
        converted(["of": value(source), "path": .list(path.map { .text($0) })], transform)
      )
    case .flow(let name): ["flow": .text(name)]
    }
  }

  private static func converted(_ source: Object, _ transform: PinTransform?) -> Object {
    guard let transform else { return source }
    var source = source
    source["converted"] = .text(Text("\(transform.conversion)"))
    return source
  }
}
