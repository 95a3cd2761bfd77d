public import Values

/// A flow with all it calls, compiled for the interpreter.
///
/// Cards stand in order, wires are numbers of slots, constants have been read by their declared
/// types, and callees and their arguments are bound. A program never changes and can be shared by
/// any number of runs.
public final class Program: Sendable {
  /// The id of the flow that the program runs.
  public let flowID: Text
  /// The name of that flow.
  public let flowName: Text
  /// How that flow begins.
  public let trigger: FlowTrigger
  /// The definition that the program was compiled from.
  public let closure: FlowClosure

  let flows: [CompiledFlow]
  let bodies: [CompiledBody]
  /// The function cards that occur, by the number that compiled cards name them with.
  let functions: [CardAddress]
  /// Which values are computed from secrets; nil where the flow has none.
  let taint: ProgramTaint?
  /// The engine's own cards at these addresses, found once for all runs.
  let standardFunctions: [LinkedFunction?]

  /// Compiles a closure; what could go wrong was found when it was loaded.
  ///
  /// A closure with secrets that is compiled without them makes a program that only replays: what is computed
  /// from a secret comes from the recording.
  ///
  /// - Complexity: O(*n*) in the size of the closure.
  public init(_ closure: FlowClosure, secrets: SecretValues? = nil) {
    let scope = SecretScope(closure, secrets)
    var compiler = ProgramCompiler(closure: closure, secrets: scope)
    compiler.compile()
    flowID = closure.flow.id
    flowName = closure.flow.name
    trigger = closure.flow.trigger
    self.closure = closure
    flows = compiler.flows
    bodies = compiler.bodies.compactMap { $0 }
    functions = compiler.functions
    taint = scope == nil ? nil : TaintSearch.taint(of: compiler, secrets)
    standardFunctions = Self.linked(compiler.functions, in: .standard)
  }

  /// The cards of a table that the program uses, by their numbers.
  func linked(in cards: CardTable) -> [LinkedFunction?] {
    cards.isStandard ? standardFunctions : Self.linked(functions, in: cards)
  }

  private static func linked(_ addresses: [CardAddress], in cards: CardTable) -> [LinkedFunction?] {
    addresses.map { cards[$0].map(LinkedFunction.init) }
  }

  /// Whether constants refer to secrets.
  public var hasSecrets: Bool { taint != nil }

  /// All cards of the closure but comments, those of inline bodies included, flow by flow.
  public var cards: [CompiledCard] {
    bodies.flatMap(\.cards).filter { !$0.isComment }
  }
}
