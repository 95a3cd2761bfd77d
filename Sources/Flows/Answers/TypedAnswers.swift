internal import Values

/// Answers made up from what cards declare and flows read, for trying flows without the world.
///
/// An output that a card declares as a plain object gets the members that the flow reads from it,
/// however far behind; a text that a condition compares with a constant is that constant now and
/// then. The same seed, request and path give the same answer in every process. Seeds differ in
/// which branches they take; with the seed 0 no request fails, with any other a request inside an
/// *If Error* sometimes does, so that its second body runs too.
public struct TypedAnswers: Sendable {
  private let seed: UInt64
  private let program: Program
  /// What is read from each output of each connector card and of the head, by body and slot.
  private let demands: [[Demand?]]
  /// What is read from the records of streaming cards, by body and first slot.
  private let records: [CardKey: Demand]

  private struct CardKey: Hashable {
    let body: Int
    let card: Text
  }

  /// Prepares answers for a program.
  ///
  /// - Complexity: O(*o* · *w*) in the outputs of its connector cards and its wires.
  public init(_ program: Program, seed: UInt64 = 0) {
    self.seed = seed
    self.program = program
    let graph = ProgramGraph(program)
    var demands: [[Demand?]] = program.bodies.map { Array(repeating: nil, count: $0.slotCount) }
    var records: [CardKey: Demand] = [:]
    for (number, body) in program.bodies.enumerated() {
      for (place, card) in body.cards.enumerated() {
        var isAnswered = number == program.flows.first?.body && place == 0
        if case .connector(let plan) = card.structure {
          isAnswered = true
          if let stream = plan.stream {
            records[CardKey(body: number, card: card.uuid)] = DemandSearch.demand(
              ofRecordsOf: stream,
              in: graph
            )
          }
        }
        guard isAnswered else { continue }
        for slot in card.slots {
          demands[number][slot] = DemandSearch.demand(of: slot, body: number, in: graph)
        }
      }
    }
    self.demands = demands
    self.records = records
  }
}

extension TypedAnswers {
  /// The answer to a request of a run of the program.
  public func answer(to request: EffectRequest) -> Answer {
    switch request.ask {
    case .ambient(let ambient): return .value(answer(to: ambient, path: request.path))
    case .connector(let connector): return answer(to: connector, request)
    }
  }

  private func answer(to connector: ConnectorRequest, _ request: EffectRequest) -> Answer {
    let key = key(of: connector, path: request.path)
    if seed > 0, request.path.contains(":try/") {
      var choice = SeededChoice(seed: seed, key: Text.joined([key, "failure"], separator: "\n"))
      if choice.once(in: 4) {
        return .failure(
          CardError(
            kind: .httpRequestError,
            message: "The service answered with an error.",
            statusCode: choice.once(in: 2) ? 400 : 404,
            details: ["errorSummary": "Not found: the resource does not exist"]
          )
        )
      }
    }
    let place = place(of: request.path)
    var outputs = Object()
    for (index, field) in connector.outputs.enumerated() {
      let demand = place.flatMap { demands[$0.body][$0.card.firstSlot + index] }
      outputs[field.name.text] = made(field, demand: demand ?? Demand(), key: key)
    }
    guard connector.streamsRecords, let place else {
      return .outputs(ConnectorAnswer(outputs: outputs))
    }
    let demand = records[CardKey(body: place.body, card: place.card.uuid)] ?? Demand()
    var maker = ValueMaker(
      seed: seed,
      key: Text.joined([key, "records"], separator: "\n")
    )
    var items: [Value] = []
    if case .list(let made) = maker.value(
      of: .list(.object),
      named: "Record",
      demand: Self.list(of: demand)
    ) {
      items = made
    }
    return .outputs(ConnectorAnswer(outputs: outputs, records: items))
  }

  private static func list(of demand: Demand) -> Demand {
    var list = Demand()
    list.need(count: 1)
    list.note(at: [.item]) { $0 = demand }
    return list
  }

  private func made(_ field: CardField, demand: Demand, key: Text) -> Value {
    var maker = ValueMaker(
      seed: seed,
      key: Text.joined([key, field.name.text], separator: "\n")
    )
    return maker.value(of: field.type, named: field.name.key, demand: demand)
  }

  /// What the answer depends on besides the seed.
  private func key(of request: ConnectorRequest, path: Text) -> Text {
    let form = Text(wtf8: CanonicalJSON.serialize(request.value))
    return Text.joined([path, form], separator: "\n")
  }

  private func answer(to ambient: AmbientRequest, path: Text) -> Value {
    var choice = SeededChoice(seed: seed, key: path)
    switch ambient {
    case .now:
      return .date(
        Instant(
          milliseconds: ValueMaker.base.milliseconds + Int64(choice.below(3_600_000))
        )
      )
    case .random(let count):
      return .list((0..<max(0, count)).map { _ in .number(choice.fraction()) })
    case .newID:
      return .text(Text("id-" + String(choice.next(), radix: 16)))
    case .zone: return ZoneAnswer.utc.value
    case .wait: return .null
    case .covered: return .null
    case .signature:
      return .text(Text("signature-" + String(choice.next(), radix: 16)))
    }
  }
}

extension TypedAnswers {
  /// Finds the card of a step path, by following the call sites from the root.
  private func place(of path: Text) -> (body: Int, card: CompiledCard)? {
    guard var body = program.flows.first?.body else { return nil }
    let graph = ProgramPaths(program)
    let parts = path.split(separator: "/")
    for part in parts.dropLast() {
      guard let next = graph.body(behind: part, in: body) else { return nil }
      body = next
    }
    guard let last = parts.last,
      let card = program.bodies[body].cards.first(where: { $0.uuid == last })
    else { return nil }
    return (body, card)
  }

  /// A trigger that fills the flow's head, as its cards read it.
  public func trigger() -> Trigger {
    guard let flow = program.flows.first, let head = program.bodies[flow.body].cards.first else {
      return .manual
    }
    var values: [(name: FieldName, value: Value)] = []
    for (index, field) in head.signature.outputs.enumerated() where field.name.group != "context" {
      let demand =
        demands[flow.body].indices.contains(head.firstSlot + index)
        ? demands[flow.body][head.firstSlot + index] : nil
      values.append((field.name, made(field, demand: demand ?? Demand(), key: "trigger")))
    }
    return TypedTrigger(values: values).trigger(program.trigger)
  }
}
