internal import Values

/// Works out which values of a program are computed from secrets.
///
/// The names of secrets flow with the data: over wires, captures, arguments and results of calls, and
/// through cards from every input to every output. They stop where a flow learns no more than a yes or no (a
/// condition, a card that compares or joins truths) and at the answers of services. Flows are gone through until nothing
/// is added; a flow that any card calls with a secret counts as called so by all.
struct TaintSearch {
  typealias Names = Set<Text>

  let bodies: [CompiledBody]
  let flows: [CompiledFlow]
  let functions: [CardAddress]
  /// By body and slot.
  private(set) var slots: [[Names]]
  /// By body: what the messages of its *Continue If* cards hold.
  private var messages: [Names]
  private var hasChanged = false

  init(bodies: [CompiledBody], flows: [CompiledFlow], functions: [CardAddress]) {
    self.bodies = bodies
    self.flows = flows
    self.functions = functions
    slots = bodies.map { Array(repeating: [], count: $0.slotCount) }
    messages = Array(repeating: [], count: bodies.count)
  }

  /// Goes through all cards until nothing is added.
  mutating func run() {
    repeat {
      hasChanged = false
      for (number, body) in bodies.enumerated() {
        for card in body.cards where !card.isComment { visit(card, in: number) }
      }
    } while hasChanged
  }

  /// The names of the secrets that come into each input.
  func inputs(of card: CompiledCard, in body: Int) -> [Names] {
    if case .head = card.structure {
      return card.headOutputs.map { $0.map { slots[body][card.firstSlot + $0] } ?? [] }
    }
    return card.inputs.enumerated().map { place, source in
      names(of: source, card.secrets?.inputs[place], in: body)
    }
  }

  /// The names of the secrets in the arguments that are the same for every item.
  func arguments(of card: CompiledCard, in body: Int) -> [Text: Names] {
    guard case .iteration(let plan) = card.structure else { return [:] }
    var found: [Text: Names] = [:]
    for argument in plan.callee.arguments {
      guard case .fixed(let source) = argument.source else { continue }
      found[argument.key] = names(of: source, card.secrets?.arguments[argument.key], in: body)
    }
    return found
  }

  private func names(of source: InputSource, _ constant: SecretConstant?, in body: Int) -> Names {
    let own = constant?.names ?? []
    return switch source {
    case .constant: own
    case .wire(let wire): slots[body][wire.slot]
    case .joined(let wires, _): wires.reduce(own) { $0.union(slots[body][$1.slot]) }
    }
  }

  private mutating func add(_ names: Names, _ card: CompiledCard, _ output: Int, in body: Int) {
    let slot = card.firstSlot + output
    guard slots[body].indices.contains(slot), !names.isSubset(of: slots[body][slot]) else { return }
    slots[body][slot].formUnion(names)
    hasChanged = true
  }
}

// MARK: - Cards

extension TaintSearch {
  private mutating func visit(_ card: CompiledCard, in body: Int) {
    let inputs = inputs(of: card, in: body)
    if case .tell(let callee) = card.policy { bind(callee, Given(inputs: inputs)) }
    switch card.structure {
    case .head: break
    case .connector(let plan):
      guard let stream = plan.stream else { return }
      let state = stream.state.reduce(Names()) { $0.union(inputs[$1.input]) }
      bind(stream.loop.callee, Given(inputs: inputs, given: [[], state]))
    case .join(let joins):
      for join in joins { add(inputs[join.input], card, join.output, in: body) }
    case .tryCatch(let first, let handler):
      enter([first, handler], card, inputs, in: body)
    case .branch(let conditions, let otherwise):
      enter(conditions.map(\.body) + [otherwise].compactMap { $0 }, card, inputs, in: body)
    case .call(let callee):
      bind(callee, Given(inputs: inputs))
      for target in targets(of: callee) {
        take(result(of: target), card, in: body)
        take(["message": messages[target]], card, in: body)
      }
      mirror(card, inputs, in: body)
    case .iteration(let plan): iterate(plan, card, inputs, in: body)
    case .arms, .plain: run(card, inputs, in: body)
    }
  }

  private mutating func run(_ card: CompiledCard, _ inputs: [Names], in body: Int) {
    let kind = card.function.flatMap { number in
      ControlKind.allCases.first { $0.address == functions[number] }
    }
    switch kind {
    case nil:
      let all = inputs.reduce(Names()) { $0.union($1) }
      if isJudgement(card) { return }
      for place in card.signature.outputs.indices { add(all, card, place, in: body) }
    case .ifElse?, .exportFlow?, .comment?: break
    case .continueIf?:
      guard let place = card.input(FormatNames.stopMessage) else { return }
      if !inputs[place].isSubset(of: messages[body]) {
        messages[body].formUnion(inputs[place])
        hasChanged = true
      }
      if let output = card.output(FormatNames.message) {
        add(inputs[place], card, output, in: body)
      }
    default: mirror(card, inputs, in: body)
    }
  }

  /// Whether all that a card gives is yes or no, whatever types an export declares.
  private func isJudgement(_ card: CompiledCard) -> Bool {
    card.function.map { functions[$0].module == "boolean" } ?? false
  }

  private mutating func mirror(_ card: CompiledCard, _ inputs: [Names], in body: Int) {
    for (output, input) in card.mirror.enumerated() {
      if let input, inputs.indices.contains(input) { add(inputs[input], card, output, in: body) }
    }
  }

  private mutating func iterate(
    _ plan: IterationPlan,
    _ card: CompiledCard,
    _ inputs: [Names],
    in body: Int
  ) {
    var items = plan.source.map { inputs[$0] } ?? []
    var results = Names()
    for target in targets(of: plan.callee) {
      for (_, names) in result(of: target) { results.formUnion(names) }
    }
    // A page is what the call before gave.
    if card.address == Self.paginate { items.formUnion(results) }
    let memo = plan.memo.map { inputs[$0].union(results) } ?? results
    bind(
      plan.callee,
      Given(
        inputs: inputs,
        arguments: arguments(of: card, in: body),
        item: items,
        memo: card.address == "list:reduce" ? memo : nil,
        spreads: plan.spreads
      )
    )
    let given: Names =
      switch card.address {
      case "list:map", "object:map", "object:process": results
      case "list:filter": items
      // Which items come, and in which order, follows from what the calls gave.
      case "list:find", "list:unique", "list:sort", Self.paginate: items.union(results)
      case "list:reduce": memo
      default: []
      }
    for place in card.signature.outputs.indices { add(given, card, place, in: body) }
  }

  /// *Paginate*, whose calls are as many as what they give says.
  private static let paginate: Text = "http:paginate"

  private mutating func enter(
    _ inlines: [InlineBody],
    _ card: CompiledCard,
    _ inputs: [Names],
    in body: Int
  ) {
    for inline in inlines {
      if let head = bodies[inline.body].cards.first {
        for (place, capture) in inline.captures.enumerated() {
          if let capture { add(inputs[capture], head, place, in: inline.body) }
        }
      }
      take(result(of: inline.body), card, in: body)
    }
    if inlines.isEmpty { mirror(card, inputs, in: body) }
  }

  /// Hands what a body returned to the outputs of the card that ran it.
  private mutating func take(_ result: [Text: Names], _ card: CompiledCard, in body: Int) {
    for (place, output) in card.signature.outputs.enumerated() {
      if let names = result[output.name.group ?? output.name.key] {
        add(names, card, place, in: body)
      }
    }
  }

  /// What a body may return, by member: the outputs of the cards that may be its last.
  private func result(of body: Int) -> [Text: Names] {
    let cards = bodies[body].cards
    var inArms: Set<Int> = []
    for card in cards {
      guard case .arms(let arms) = card.structure else { continue }
      inArms.formUnion(arms.whenTrue)
      inArms.formUnion(arms.whenFalse)
    }
    var last: [Int] = cards.indices.filter {
      ["control:return", "control:returnRaw"].contains(cards[$0].address)
    }
    for place in cards.indices.reversed() where !cards[place].isComment {
      last.append(place)
      if !inArms.contains(place) { break }
    }
    var found: [Text: Names] = [:]
    for card in last.map({ cards[$0] }) {
      for (place, output) in card.signature.outputs.enumerated() {
        found[output.name.group ?? output.name.key, default: []]
          .formUnion(slots[body][card.firstSlot + place])
      }
    }
    return found
  }
}

// MARK: - Calls

extension TaintSearch {
  /// What a call hands over, as `ArgumentValues` does.
  private struct Given {
    let inputs: [Names]
    var arguments: [Text: Names] = [:]
    var item: Names = []
    var given: [Names] = []
    var memo: Names?
    var spreads = false

    func names(of argument: CompiledArgument) -> Names {
      switch argument.source {
      case .input(let place): inputs.indices.contains(place) ? inputs[place] : []
      case .fixed: arguments[argument.key] ?? []
      case .item: item
      case .given(let place): given.indices.contains(place) ? given[place] : []
      }
    }
  }

  /// The bodies that a callee may be; any flow where a wire chooses it.
  private func targets(of callee: Callee) -> [Int] {
    switch callee.target {
    case .flow(let number): [flows[number].body]
    case .inline(let body): [body]
    case .input: flows.map(\.body)
    }
  }

  private mutating func bind(_ callee: Callee, _ given: Given) {
    for target in targets(of: callee) {
      guard let card = bodies[target].cards.first, case .head = card.structure else { continue }
      let head = bodies[target].head
      let isAlone = given.given.count == 2 && head.count { !$0.name.isContext } == 1
      for (place, field) in head.enumerated() where !field.name.isContext {
        let names: Names
        if given.spreads {
          names = given.item
        } else if isAlone {
          names = given.given.reduce(Names()) { $0.union($1) }
        } else if let memo = given.memo, field.name == FormatNames.memo {
          names = memo
        } else {
          names =
            callee.arguments.last { $0.key == field.name.key }.map { given.names(of: $0) } ?? []
        }
        add(names, card, place, in: target)
      }
    }
  }
}

// MARK: - What was found

extension TaintSearch {
  /// What of the program's values must not stand in a recording.
  private func taint(_ values: SecretValues?) -> ProgramTaint {
    var cards: [ObjectIdentifier: CardTaint] = [:]
    var labels: [ObjectIdentifier: [Text?]] = [:]
    for (number, body) in bodies.enumerated() {
      let own = slots[number].map(Self.label)
      labels[ObjectIdentifier(body)] = own
      for card in body.cards {
        let inputs = inputs(of: card, in: number)
        let all = (inputs + arguments(of: card, in: number).values).reduce(Names()) { $0.union($1) }
        let outputs = Array(own[card.slots])
        guard !all.isEmpty || outputs.contains(where: { $0 != nil }) else { continue }
        var asksService = false
        if case .connector = card.structure { asksService = true }
        var hasSecretItems = false
        if case .iteration(let plan) = card.structure, let source = plan.source {
          hasSecretItems =
            !inputs[source].isEmpty
            || (card.address == Self.paginate && outputs.contains { $0 != nil })
        }
        let names = all.union(slots[number][card.slots].reduce(Names()) { $0.union($1) })
        cards[ObjectIdentifier(card)] = CardTaint(
          label: Self.label(names) ?? .empty,
          outputs: outputs,
          asksService: asksService,
          hasSecretItems: hasSecretItems
        )
      }
    }
    return ProgramTaint(values: values, cards: cards, labels: labels)
  }

  /// The taint of a program that was compiled.
  static func taint(of compiler: ProgramCompiler, _ values: SecretValues?) -> ProgramTaint {
    var search = TaintSearch(
      bodies: compiler.bodies.compactMap { $0 },
      flows: compiler.flows,
      functions: compiler.functions
    )
    search.run()
    return search.taint(values)
  }

  private static func label(_ names: Names) -> Text? {
    names.isEmpty ? nil : Text.joined(names.sorted(), separator: ",")
  }
}
