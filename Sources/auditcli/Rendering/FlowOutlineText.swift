internal import Flows
internal import Values

/// Writes an outline for people.
struct FlowOutlineText {
  private let outline: FlowOutline
  private let label: String
  private let numberWidth: Int

  init(_ outline: FlowOutline, label: String) {
    self.outline = outline
    self.label = label
    numberWidth = String(outline.cards.count).count
  }

  func write() {
    let flow = outline.flow
    Output.line(Style.strong(label.visible) + "  " + Self.beginning(of: flow))
    for line in Self.lines(flow.description) { Output.line("  \(line)") }
    if !flow.savesData { Output.line(Style.faint("  Its executions do not keep their data.")) }
    Output.line("")
    for entry in outline.entries {
      switch entry {
      case .card(let card): write(card)
      case .arm(let arm): write(arm)
      case .note(let note, let depth):
        for line in Self.lines(note) {
          Output.line(margin(depth) + Style.faint("# \(line)"))
        }
      }
    }
  }
}

extension FlowOutlineText {
  private func write(_ card: OutlineCard) {
    let number = String(card.number)
    let indent = String(repeating: "  ", count: card.depth)
    var line = String(repeating: " ", count: numberWidth - number.count) + number + "  " + indent
    line += Style.strong(card.card.name.description.visible)
    if let condition = card.condition { line += "  " + text(of: condition) }
    Output.line(line + "  " + Style.faint(details(of: card)))
    let margin = margin(card.depth) + "  "
    for note in Self.lines(card.card.note) { Output.line(margin + Style.faint("# \(note)")) }
    for line in card.template.map(lines) ?? [] {
      Output.line("\(margin)\(Style.faint("|")) \(line)")
    }
    for input in card.inputs { write(input, margin) }
    if !card.rowConditions.isEmpty { Output.line("\(margin)where \(text(of: card.rowConditions))") }
    if card.card.retry.count > 0 {
      let times = card.card.retry.count == 1 ? "once" : "up to \(card.card.retry.count) times"
      Output.line(margin + Style.faint("asked too often, it asks again \(times)"))
    }
    if let flow = card.errorFlow {
      Output.line(margin + Style.faint("on error: ") + "\"\(flow)\"".visible)
    }
  }

  /// What the card is, what it uses, and its id.
  private func details(of card: OutlineCard) -> String {
    var parts = ["\(card.card.kind)"]
    if let table = card.table { parts.append("table \"\(table)\"") }
    if let connection = card.connection { parts.append("connection \"\(connection)\"") }
    parts.append("\(card.card.uuid)")
    return parts.joined(separator: ", ").visible
  }

  private func write(_ arm: OutlineArm) {
    let condition = arm.condition.map { " " + text(of: $0) } ?? ""
    Output.line("\(margin(arm.depth - 1))\(Style.notable("\(arm.name)"))\(condition):")
  }

  private func write(_ input: OutlineInput, _ margin: String) {
    let name = "\(input.label)".visible
    if case .constant(.text(let text))? = input.sources.first, input.sources.count == 1,
      text.description.contains("\n")
    {
      Output.line("\(margin)\(name) =")
      for line in Self.lines(text) { Output.line("\(margin)  \(Style.faint("|")) \(line)") }
      return
    }
    let isConstant = input.sources.allSatisfy { if case .constant = $0 { true } else { false } }
    let sources = input.sources.map(text).joined(separator: Style.faint(" or "))
    Output.line("\(margin)\(name) \(isConstant ? "=" : "←") \(sources)")
  }

  private func margin(_ depth: Int) -> String {
    String(repeating: " ", count: numberWidth + 2 + 2 * depth)
  }
}

// MARK: - Words

extension FlowOutlineText {
  private static func beginning(of flow: Flow) -> String {
    let text =
      switch flow.trigger {
      case .helper: "called by other flows, or by hand"
      case .manual: "run by hand"
      case .delegated: "run by an administrator"
      case .apiEndpoint:
        "called over HTTP, security level \(flow.securityLevel?.description ?? "not told")"
      case .scheduled(let cron): "on schedule \(cron)"
      case .connectorEvent(let event): "started by \(event.connector):\(event.method)"
      }
    return Style.faint(text.visible)
  }

  private func text(of conditions: [OutlineRowCondition]) -> String {
    conditions.enumerated().map { place, term in
      let isLast = place == conditions.count - 1
      let join = isLast ? "" : term.isAlternativeNext ? " or " : " and "
      return "\(term.column) \(term.comparison) ".visible + operand(term.operand) + join
    }.joined()
  }

  private func text(of condition: OutlineCondition) -> String {
    var comparison = operand(condition.comparison)
    if case .constant(.text(let word))? = condition.comparison.first {
      comparison = "\(word)".visible
    }
    // What is asked of one value alone has nothing on its right.
    let isUnary = comparison.hasSuffix("empty") && condition.right.isEmpty
    return operand(condition.left) + " " + comparison
      + (isUnary ? "" : " " + operand(condition.right))
  }

  /// The sources of what is compared; an empty text where its author left it empty.
  private func operand(_ sources: [OutlineSource]) -> String {
    sources.isEmpty ? "\"\"" : text(of: sources)
  }

  private func text(of sources: [OutlineSource]) -> String {
    sources.map { text($0) }.joined(separator: " or ")
  }

  private func text(_ source: OutlineSource) -> String {
    let text =
      switch source {
      case .constant(let value): "\(JSON.text(value))"
      case .output(let card, let name, let transform): "\(card) \(name)" + Self.suffix(transform)
      case .given(let name, let transform): "\(name)" + Self.suffix(transform)
      case .item(let path): path.isEmpty ? "the item" : "the item's \(path)"
      case .member(let source, let path, let transform):
        self.text(source) + (path.isEmpty ? "" : " → ")
          + path.map { "\($0)" }.joined(separator: ".") + Self.suffix(transform)
      case .flow(let name): "flow \"\(name)\""
      }
    return text.visible
  }

  /// The text that a card puts together, what it fills in between marks.
  private func lines(_ template: [OutlineTemplatePart]) -> [String] {
    let text = template.map { part in
      switch part {
      case .literal(let text): "\(text)"
      case .slot(let sources):
        switch sources.first {
        case .constant(.text(let text))?: "\(text)"
        default: "⟨" + self.text(of: sources) + "⟩"
        }
      }
    }
    return Self.lines(Text(text.joined()))
  }

  private static func suffix(_ transform: PinTransform?) -> String {
    guard let transform else { return "" }
    return " (\(transform.conversion)\(transform.wrapsResult ? ", as a list" : ""))"
  }

  private static func lines(_ text: Text) -> [String] {
    text.description.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).visible }
      .reversed().drop { $0.isEmpty }.reversed()
  }
}
