internal import Values

/// Compiles a closure, flow by flow and body by body.
struct ProgramCompiler {
  let closure: FlowClosure
  private(set) var flows: [CompiledFlow] = []
  /// By number; a body's number is taken before its inline bodies are compiled.
  private(set) var bodies: [CompiledBody?] = []
  private(set) var functions: [CardAddress] = []
  private var functionNumbers: [CardAddress: Int] = [:]
  private let flowNumbers: [Text: Int]
  private let secrets: SecretScope?

  init(closure: FlowClosure, secrets: SecretScope? = nil) {
    self.closure = closure
    self.secrets = secrets
    flowNumbers = Dictionary(
      closure.flows.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  mutating func compile() {
    for flow in closure.flows {
      let body = compile(flow.body, of: flow)
      flows.append(
        CompiledFlow(
          id: flow.id,
          name: flow.name,
          trigger: flow.trigger,
          body: body,
          exported: flow.exported
        )
      )
    }
  }

  /// The number of a flow, nil where the closure lacks it.
  func number(of flowID: Text) -> Int? { flowNumbers[flowID] }

  mutating func number(of address: CardAddress) -> Int {
    if let known = functionNumbers[address] { return known }
    functionNumbers[address] = functions.count
    functions.append(address)
    return functions.count - 1
  }

  mutating func compile(_ body: FlowBody, of flow: Flow) -> Int {
    let number = bodies.count
    bodies.append(nil)
    var slots = 0
    var firstSlots: [Int] = []
    for card in body.cards {
      firstSlots.append(slots)
      slots += card.outputs.count
    }
    var wires: [[Wire]] = Array(repeating: [], count: body.cards.count)
    for wire in body.wires { wires[wire.targetCard].append(wire) }
    var cards: [CompiledCard] = []
    for (place, card) in body.cards.enumerated() {
      var compiler = CardCompiler(
        card: card,
        flow: flow,
        bodyID: body.id,
        place: place,
        firstSlots: firstSlots,
        wires: wires[place],
        secrets: secrets
      )
      cards.append(compiler.compile(in: &self))
    }
    var head: [CardField] = []
    if let first = cards.first, case .head = first.structure { head = first.signature.outputs }
    bodies[number] = CompiledBody(cards: cards, slotCount: slots, head: head)
    return number
  }

  /// The outputs of the head of a body that has been compiled.
  func head(ofBody number: Int) -> [CardField] { bodies[number]?.head ?? [] }
}
