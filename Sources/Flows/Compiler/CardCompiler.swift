internal import Values

/// Compiles one card.
struct CardCompiler {
  let card: Card
  let flow: Flow
  let bodyID: Text
  let place: Int
  /// The first slot of every card of the body.
  let firstSlots: [Int]
  /// The wires into this card.
  let wires: [Wire]
  /// The secrets that constants refer to; nil where there are none.
  let secrets: SecretScope?

  /// The inputs that are no arguments of a list card, by their places on the card.
  private var ownInputs: [Int] = []

  init(
    card: Card,
    flow: Flow,
    bodyID: Text,
    place: Int,
    firstSlots: [Int],
    wires: [Wire],
    secrets: SecretScope?
  ) {
    self.card = card
    self.flow = flow
    self.bodyID = bodyID
    self.place = place
    self.firstSlots = firstSlots
    self.wires = wires
    self.secrets = secrets
    ownInputs = card.inputs.indices.filter { card.inputs[$0].argument == nil }
  }

  mutating func compile(in program: inout ProgramCompiler) -> CompiledCard {
    var function: Int?
    if case .function(let address) = card.kind { function = program.number(of: address) }
    return CompiledCard(
      card: card,
      flowID: flow.id,
      bodyID: bodyID,
      signature: CardSignature(
        inputs: ownInputs.map { card.inputs[$0].field },
        outputs: card.outputs.map(\.field)
      ),
      function: function,
      inputs: ownInputs.map { source(of: $0) },
      firstSlot: firstSlots[place],
      structure: structure(in: &program),
      policy: policy(in: program),
      secrets: cardSecrets
    )
  }

  /// Where the value of the input at a place comes from.
  private func source(of input: Int) -> InputSource {
    let field = card.inputs[input]
    let into = wires.filter { $0.targetInput == input }.map { wire in
      InputWire(
        card: wire.sourceCard,
        slot: firstSlots[wire.sourceCard] + wire.sourceOutput,
        transform: wire.transform,
        type: field.field.type
      )
    }
    if isJoin { return .joined(into, otherwise: unsetAsNull(constant(of: field))) }
    guard let wire = into.first else { return .constant(constant(of: field)) }
    return .wire(wire)
  }

  private var isFirst: Bool { place == 0 }

  private var isJoin: Bool { card.kind == .function("control:join") }

  /// Joins hold an empty text, list or object where the author set nothing.
  private func unsetAsNull(_ value: Value) -> Value {
    switch value {
    case .text(let text) where text.isEmpty: .null
    case .list(let items) where items.isEmpty: .null
    case .object(let object) where object.isEmpty: .null
    default: value
    }
  }

  /// The place in the signature of the input with a name.
  func ownInput(_ name: FieldName) -> Int? {
    ownInputs.firstIndex { card.inputs[$0].name == name }
  }
}

extension CardCompiler {
  private func policy(in program: ProgramCompiler) -> CompiledPolicy {
    switch card.errorPolicy {
    case .stop, .handler: return .stop
    case .stopWithMessage: return .stopWithMessage(input: ownInput("message"))
    case .tell(let id):
      guard let number = program.number(of: id) else { return .stop }
      return .tell(Callee(target: .flow(number), arguments: plainArguments))
    }
  }

  /// The inputs without a group, which are the arguments of a called flow.
  private var plainArguments: [CompiledArgument] {
    ownInputs.enumerated().compactMap { place, input in
      let field = card.inputs[input]
      guard field.name.group == nil, field.field.type != .flow else { return nil }
      return CompiledArgument(key: field.name.key, source: .input(place))
    }
  }

  private func structure(in program: inout ProgramCompiler) -> CardStructure {
    switch card.kind {
    case .connector(let method):
      if isFirst, card.isEvent { return .head }
      return .connector(connector(method, in: program))
    case .other: return .plain
    case .function(let address): return structure(of: address, in: &program)
    }
  }

  private func structure(
    of address: CardAddress,
    in program: inout ProgramCompiler
  ) -> CardStructure {
    if let arms = card.arms { return .arms(arms) }
    switch address {
    case "control:callable", "http:accept", "http:delegated": return isFirst ? .head : .plain
    case "control:join": return .join(joins)
    case "control:tryCatch": return tryCatch(in: &program)
    case "control:branch": return branch(in: &program)
    case "control:spawn", "control:run":
      guard let target = target(in: &program) else { return .plain }
      return .call(Callee(target: target, arguments: plainArguments))
    case "list:each", "list:asyncEach", "list:map", "list:filter", "list:reduce", "object:map",
      "control:times", "list:find", "list:unique", "list:sort", "object:each", "object:process",
      "http:paginate":
      return iteration(in: &program)
    default:
      guard let method = ConnectorMethod(pausing: address) else { return .plain }
      return .connector(connector(method, in: program))
    }
  }

  private var joins: [CardJoin] {
    card.joins.compactMap { join in
      ownInputs.firstIndex(of: join.input).map { CardJoin(input: $0, output: join.output) }
    }
  }

  /// The flow that the card calls: inline, named by a constant, or named by a wire.
  private func target(in program: inout ProgramCompiler) -> Callee.Target? {
    guard let place = ownInputs.firstIndex(where: { card.inputs[$0].field.type == .flow }) else {
      return nil
    }
    let input = ownInputs[place]
    if wires.contains(where: { $0.targetInput == input }) { return .input(place) }
    switch card.inputs[input].constant {
    case .inline(let body): return .inline(program.compile(body, of: flow))
    case .flow(let id): return program.number(of: id).map { .flow($0) } ?? .input(place)
    case .value: return .input(place)
    }
  }

  private func tryCatch(in program: inout ProgramCompiler) -> CardStructure {
    var bodies: [InlineBody] = []
    for inline in card.inlineBodies {
      bodies.append(inlineBody(inline.body, arm: inline.arm, in: &program))
    }
    guard bodies.count == 2 else { return .plain }
    return .tryCatch(body: bodies[0], handler: bodies[1])
  }

  private func branch(in program: inout ProgramCompiler) -> CardStructure {
    var conditions: [ConditionalBody] = []
    var otherwise: InlineBody?
    // The fields stand in the order of their index, so groups do too; `if` comes first all the same.
    let inline = card.inlineBodies
    for (arm, body) in inline.filter({ $0.arm == "if" }) + inline.filter({ $0.arm != "if" }) {
      let compiled = inlineBody(body, arm: arm, in: &program)
      if arm == "else" {
        otherwise = compiled
      } else {
        conditions.append(ConditionalBody(group: arm.description, body: compiled))
      }
    }
    return .branch(conditions, otherwise: otherwise)
  }

  private func inlineBody(
    _ body: FlowBody,
    arm: Text,
    in program: inout ProgramCompiler
  ) -> InlineBody {
    let number = program.compile(body, of: flow)
    let captures = program.head(ofBody: number).map { field in
      field.name.group == "context" ? ownInput(field.name) : nil
    }
    return InlineBody(body: number, arm: arm, captures: captures)
  }

  private func iteration(in program: inout ProgramCompiler) -> CardStructure {
    guard let target = target(in: &program) else { return .plain }
    let arguments = card.inputs.enumerated().compactMap { place, input in
      input.argument.map { binding in
        switch binding {
        case .item(let path):
          CompiledArgument(key: input.name.key, source: .item(DottedPath(path)))
        case .fixed:
          CompiledArgument(key: input.name.key, source: .fixed(source(of: place)))
        }
      }
    }
    let result = card.outputs.first { $0.name.group == nil }
    return .iteration(
      IterationPlan(
        callee: Callee(target: target, arguments: arguments),
        source: ownInput("list") ?? ownInput("object") ?? ownInput("count"),
        memo: ownInput("memo"),
        itemType: result?.field.type.item ?? .any,
        spreads: arguments.isEmpty && card.kind != .function("control:times")
      )
    )
  }
}

// MARK: - Secrets

extension CardCompiler {
  /// The constant of an input, with its secrets.
  private func constant(of field: InputField) -> Value {
    guard let secrets, case .value(let value) = field.constant else { return field.constantValue }
    return Coercion.read(secrets.revealed(value), as: field.field.type)
  }

  private var cardSecrets: CardSecrets? {
    guard let secrets else { return nil }
    var found = CardSecrets()
    for (place, field) in card.inputs.enumerated() {
      guard case .value(let value) = field.constant else { continue }
      let names = secrets.names(in: value)
      if names.isEmpty || !isJoin && wires.contains(where: { $0.targetInput == place }) { continue }
      let constant = SecretConstant(shown: field.constantValue, names: names)
      if field.argument == nil {
        found.inputs[ownInputs.firstIndex(of: place) ?? 0] = constant
      } else {
        found.arguments[field.name.key] = constant
      }
    }
    return found.inputs.isEmpty && found.arguments.isEmpty ? nil : found
  }
}

extension InputField {
  /// The constant, read by the declared type; a flow stands as its id.
  var constantValue: Value {
    switch constant {
    case .value(let value): Coercion.read(value, as: field.type)
    case .flow(let id): .text(id)
    case .inline(let body): .text(body.id)
    }
  }
}
