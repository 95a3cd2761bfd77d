internal import Values

/// Goes through the bodies of a flow in the order in which they are read, and numbers their cards.
struct OutlineWriter {
  let closure: FlowClosure
  private(set) var entries: [FlowOutline.Entry] = []
  private var lastNumber = 0

  /// What an inline flow is given by the card that carries it, by name.
  typealias Given = [FieldName: [OutlineSource]]

  /// A body while its cards are outlined.
  private struct Place {
    let body: FlowBody
    /// The numbers of its cards so far; 0 for hidden ones.
    var numbers: [Int]
    /// Nil for the flow's own body.
    let given: Given?
    /// Whether it runs for each item of a list.
    let isForItems: Bool
  }

  init(closure: FlowClosure) {
    self.closure = closure
  }
}

extension OutlineWriter {
  /// Appends the cards of a body.
  mutating func append(
    _ body: FlowBody,
    depth: Int,
    given: Given?,
    isForItems: Bool = false
  ) {
    var place = Place(
      body: body,
      numbers: Array(repeating: 0, count: body.cards.count),
      given: given,
      isForItems: isForItems
    )
    append(body.cards.indices, of: &place, depth: depth)
  }

  private mutating func append(_ range: Range<Int>, of place: inout Place, depth: Int) {
    var index = range.lowerBound
    while index < range.upperBound {
      let card = place.body.cards[index]
      defer { index += 1 }
      guard !isHidden(card, at: index, of: place) else { continue }
      guard !card.isComment else {
        if !card.note.isEmpty { entries.append(.note(card.note, depth: depth)) }
        continue
      }
      lastNumber += 1
      place.numbers[index] = lastNumber
      let inputs = card.inputs.indices.map { sources(of: $0, at: index, of: place) }
      append(card, lastNumber, inputs, depth: depth)
      if let arms = card.arms {
        let sides: [(name: Text, arm: Range<Int>)] = [
          ("true", arms.whenTrue), ("false", arms.whenFalse),
        ]
        for (name, arm) in sides {
          let hasCards = arm.contains { !isHidden(place.body.cards[$0], at: $0, of: place) }
          guard hasCards else { continue }
          entries.append(.arm(OutlineArm(depth: depth + 1, name: name, condition: nil)))
          append(arm, of: &place, depth: depth + 1)
        }
        index = max(index, arms.whenTrue.upperBound - 1, arms.whenFalse.upperBound - 1)
      }
      for inline in card.inlineBodies { append(inline, of: card, inputs, depth: depth + 1) }
    }
  }

  private mutating func append(
    _ inline: (arm: Text, body: FlowBody),
    of card: Card,
    _ inputs: [[OutlineSource]],
    depth: Int
  ) {
    let name: Text =
      switch inline.arm {
      case "": "each"
      case "if", "else", "try", "error": inline.arm
      default: "else if"
      }
    let condition = condition(of: card, inputs, group: inline.arm)
    entries.append(.arm(OutlineArm(depth: depth, name: name, condition: condition)))
    var given: Given = [:]
    for (input, sources) in zip(card.inputs, inputs) where !sources.isEmpty {
      given[input.name] = sources
    }
    append(inline.body, depth: depth, given: given, isForItems: inline.arm.isEmpty)
  }

  private mutating func append(
    _ card: Card,
    _ number: Int,
    _ inputs: [[OutlineSource]],
    depth: Int
  ) {
    let condition = condition(of: card, inputs, group: nil) ?? itemCondition(of: card, inputs)
    let hidden = Self.hidden(on: card, condition)
    let template = Self.template(of: card, inputs)
    let rowConditions = Self.rowConditions(of: card, inputs)
    let shown = zip(card.inputs, inputs).compactMap { input, sources -> OutlineInput? in
      // The table stands beside the card by its name.
      let isTable = card.table != nil && input.name == TableFields.table
      let isRowCondition =
        !rowConditions.isEmpty
        && (input.name == TableFields.whereExpression || input.name.group == TableFields.operands)
      let isShown = template == nil && !isTable && !isRowCondition && !hidden(input.name)
      guard isShown, !sources.isEmpty else { return nil }
      let label = input.field.isCustom ? input.label : input.name.text
      return OutlineInput(field: input.field, label: label, sources: sources)
    }
    let connection = card.connection.map { id in
      closure.connections.first { $0.id == id }?.name ?? id
    }
    var errorFlow: Text?
    if case .tell(let id) = card.errorPolicy { errorFlow = name(ofFlow: id) }
    entries.append(
      .card(
        OutlineCard(
          number: number,
          depth: depth,
          card: card,
          condition: condition,
          inputs: shown,
          template: template,
          rowConditions: rowConditions,
          connection: connection,
          table: card.table.map { id in closure.tables.first { $0.id == id }?.name ?? id },
          errorFlow: errorFlow
        )
      )
    )
  }

  /// Whether a card does nothing but hand on what it is given: the head of an arm or of an inline flow, or a join of
  /// nothing.
  private func isHidden(_ card: Card, at index: Int, of place: Place) -> Bool {
    switch card.kind {
    case .function("control:noop"): true
    case .function("control:callable"): place.given != nil && index == 0
    case .function("control:join"): card.outputs.isEmpty
    // What takes members out of an object stands in no flow that an author sees.
    case .function("object:expand"): true
    default: false
    }
  }
}

// MARK: - Sources

extension OutlineWriter {
  private static let operands: Set<Text> = ["left-operand", "operator", "right-operand"]
  private static let itemOperands: Set<Text> = ["path", "operator", "comparison"]

  /// Which inputs stand elsewhere: in a condition, or where an inline flow uses them.
  private static func hidden(
    on card: Card,
    _ condition: OutlineCondition?
  ) -> (FieldName) -> Bool {
    let isItems = card.inputs.contains { $0.name == "comparison" }
    let carriesFlows = !card.inlineBodies.isEmpty
    return { name in
      if carriesFlows, name.group == "context" || operands.contains(name.key) { return true }
      guard condition != nil, name.group == nil else { return false }
      return isItems ? itemOperands.contains(name.key) : operands.contains(name.key)
    }
  }

  /// What *Find* and *Filter* ask of each item.
  private func itemCondition(of card: Card, _ inputs: [[OutlineSource]]) -> OutlineCondition? {
    func sources(_ key: FieldName) -> [OutlineSource]? {
      card.inputs.firstIndex { $0.name == key }.map { inputs[$0] }
    }
    guard let comparison = sources("operator"), let right = sources("comparison") else {
      return nil
    }
    let path = sources("path") ?? []
    var left: [OutlineSource]
    switch path.first {
    case nil: left = [.item(path: "")]
    case .constant(.text(let path))?: left = [.item(path: path)]
    default: left = path
    }
    return OutlineCondition(left: left, comparison: comparison, right: right)
  }

  private func condition(
    of card: Card,
    _ inputs: [[OutlineSource]],
    group: Text?
  ) -> OutlineCondition? {
    func sources(_ key: Text) -> [OutlineSource]? {
      card.inputs.firstIndex { $0.name == FieldName(group: group, key: key) }.map { inputs[$0] }
    }
    guard let left = sources("left-operand"), let comparison = sources("operator") else {
      return nil
    }
    return OutlineCondition(
      left: left,
      comparison: comparison,
      right: sources("right-operand") ?? []
    )
  }

  /// The where-expression of a table card, its wired operands found by their ids.
  private static func rowConditions(of card: Card, _ inputs: [[OutlineSource]])
    -> [OutlineRowCondition]
  {
    guard case .connector(let method) = card.kind, method.connector == "stash",
      let place = card.inputs.firstIndex(where: { $0.name == TableFields.whereExpression }),
      case .constant(.object(let expression))? = inputs[place].first,
      case .list(let terms)? = expression["expr"]
    else { return [] }
    return terms.compactMap { term in
      guard case .object(let term) = term else { return nil }
      var operand: [OutlineSource] = []
      if case .object(let wire)? = term["rhd"], case .text(let key)? = wire["outputId"] {
        let name = FieldName(group: TableFields.operands, key: key)
        operand = card.inputs.firstIndex { $0.name == name }.map { inputs[$0] } ?? []
      } else if let value = term["rhs"], !isEmpty(value) {
        operand = [.constant(value)]
      }
      return OutlineRowCondition(
        column: Coercion.text(of: term["lhs"] ?? .null) ?? .empty,
        comparison: Coercion.text(of: term["op"] ?? .null) ?? .empty,
        operand: operand,
        isAlternativeNext: term["join"] == .text("OR")
      )
    }
  }

  private static func template(
    of card: Card,
    _ inputs: [[OutlineSource]]
  ) -> [OutlineTemplatePart]? {
    guard card.kind == .function("string:compose"),
      let text = card.inputs.firstIndex(where: { $0.name == "_text_" }),
      case .constant(.text(let template))? = inputs[text].first
    else { return nil }
    return Template(template).parts.map { part in
      switch part {
      case .literal(let text): .literal(text)
      case .slot(let key):
        .slot(card.inputs.firstIndex { $0.name == FieldName(key: key) }.map { inputs[$0] } ?? [])
      }
    }
  }

  /// Where an input's value comes from; nowhere where its author left it empty.
  private func sources(of input: Int, at card: Int, of place: Place) -> [OutlineSource] {
    let field = place.body.cards[card].inputs[input]
    if case .item(let path)? = field.argument { return [.item(path: path)] }
    let wires = place.body.wires.filter { $0.targetCard == card && $0.targetInput == input }
    guard wires.isEmpty else { return wires.flatMap { source(of: $0, place) } }
    switch field.constant {
    case .inline: return []
    case .flow(let id): return [.flow(name(ofFlow: id))]
    case .value(let value): return Self.isEmpty(value) ? [] : [.constant(closure.shown(value))]
    }
  }

  private func source(of wire: Wire, _ place: Place) -> [OutlineSource] {
    let source = place.body.cards[wire.sourceCard]
    let field = source.outputs[wire.sourceOutput].field
    let output = field.name
    if source.kind == .function("object:expand"),
      let object = source.inputs.firstIndex(where: { $0.name == "object" })
    {
      return sources(of: object, at: wire.sourceCard, of: place).map {
        .member(of: $0, path: field.path ?? [output.text], wire.transform)
      }
    }
    guard place.numbers[wire.sourceCard] == 0 else {
      return [.output(card: place.numbers[wire.sourceCard], output, wire.transform)]
    }
    // What an inline flow is given is what its card is.
    if wire.sourceCard == 0, wire.transform == nil, let known = place.given?[output] {
      return known
    }
    if place.isForItems, output.group != "context" {
      let item = OutlineSource.item(path: output.text)
      return [wire.transform.map { .member(of: item, path: [], $0) } ?? item]
    }
    return [.given(output, wire.transform)]
  }

  private func name(ofFlow id: Text) -> Text {
    closure.flows.first { $0.id == id }?.name ?? id
  }

  private static func isEmpty(_ value: Value) -> Bool {
    switch value {
    case .null: true
    case .text(let text): text.isEmpty
    case .list(let items): items.isEmpty
    case .object(let object): object.isEmpty
    default: false
    }
  }
}
