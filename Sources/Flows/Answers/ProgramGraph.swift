internal import Values

/// The wires of a program from source to target, and who calls which body.
struct ProgramGraph: Sendable {
  /// An input that reads a slot.
  struct Reader: Sendable {
    /// Which input of the card.
    enum Place: Sendable {
      case input(Int)
      /// An argument of the flow that a list card calls.
      case argument(Text)
    }

    let card: Int
    let place: Place
    let transform: PinTransform?
    let type: DeclaredType
  }

  /// A card that runs a body.
  struct Caller: Sendable {
    let body: Int
    let card: Int
  }

  let program: Program
  private(set) var readers: [[[Reader]]]
  private(set) var callers: [[Caller]]

  init(_ program: Program) {
    self.program = program
    readers = program.bodies.map { Array(repeating: [], count: $0.slotCount) }
    callers = Array(repeating: [], count: program.bodies.count)
    for (number, body) in program.bodies.enumerated() {
      for (place, card) in body.cards.enumerated() {
        for (input, source) in card.inputs.enumerated() {
          add(source, reader: .input(input), of: place, in: number)
        }
        for argument in card.callee?.arguments ?? [] {
          guard case .fixed(let source) = argument.source else { continue }
          add(source, reader: .argument(argument.key), of: place, in: number)
        }
        for callee in called(by: card) {
          callers[callee].append(Caller(body: number, card: place))
        }
      }
    }
  }

  private mutating func add(
    _ source: InputSource,
    reader: Reader.Place,
    of card: Int,
    in body: Int
  ) {
    let wires: [InputWire] =
      switch source {
      case .constant: []
      case .wire(let wire): [wire]
      case .joined(let wires, _): wires
      }
    for wire in wires {
      readers[body][wire.slot].append(
        Reader(card: card, place: reader, transform: wire.transform, type: wire.type)
      )
    }
  }

  /// The number of the body that a callee runs, nil where a wire chooses it.
  func body(of callee: Callee) -> Int? {
    switch callee.target {
    case .flow(let number): program.flows[number].body
    case .inline(let body): body
    case .input: nil
    }
  }

  private func called(by card: CompiledCard) -> [Int] {
    switch card.structure {
    case .tryCatch(let body, let handler): [body.body, handler.body]
    case .branch(let conditions, let otherwise):
      conditions.map(\.body.body) + (otherwise.map { [$0.body] } ?? [])
    default: card.callee.flatMap { body(of: $0) }.map { [$0] } ?? []
    }
  }
}

extension CompiledCard {
  /// The flow that the card calls, whatever for.
  var callee: Callee? {
    switch structure {
    case .call(let callee): callee
    case .iteration(let plan): plan.callee
    case .connector(let plan): plan.stream?.loop.callee
    case .plain, .head, .arms, .join, .tryCatch, .branch: nil
    }
  }

  /// The constant that an input without a group holds, nil where a wire feeds it.
  func constant(_ key: Text) -> Value? {
    guard let place = input(FieldName(key: key)), case .constant(let value) = inputs[place] else {
      return nil
    }
    return value
  }
}
