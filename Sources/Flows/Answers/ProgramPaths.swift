internal import Values

/// Finds the body that a call site in a step path leads to.
struct ProgramPaths {
  let program: Program

  init(_ program: Program) {
    self.program = program
  }

  /// The body behind one part of a path: `card`, `card[3]` or `card:arm`.
  func body(behind part: Text, in body: Int) -> Int? {
    let card = part.bytes.prefix { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: ":") }
    let rest = part.bytes.dropFirst(card.count)
    guard
      let caller = program.bodies[body].cards.first(where: { $0.uuid.bytes.elementsEqual(card) })
    else { return nil }
    guard rest.first == UInt8(ascii: ":") else { return callee(of: caller) }
    let arm = Text(wtf8: Array(rest.dropFirst()))
    switch caller.structure {
    case .tryCatch(let body, let handler):
      return arm == "error" ? handler.body : body.body
    case .branch(let conditions, let otherwise):
      return (conditions.map(\.body) + [otherwise].compactMap { $0 })
        .first { $0.arm == arm }?.body
    default:
      guard arm == "error", case .tell(let callee) = caller.policy else { return nil }
      return number(of: callee)
    }
  }

  private func callee(of card: CompiledCard) -> Int? {
    card.callee.flatMap(number)
  }

  private func number(of callee: Callee) -> Int? {
    switch callee.target {
    case .flow(let number): program.flows[number].body
    case .inline(let body): body
    case .input: nil
    }
  }
}
