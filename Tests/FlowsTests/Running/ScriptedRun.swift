import Flows
import TestSupport
import Values

/// A run of a flow that a test built, whose requests are answered by a closure.
struct ScriptedRun {
  private(set) var events: [RunEvent] = []
  private(set) var requests: [EffectRequest] = []
  let outcome: RunOutcome

  /// Runs the first of `flows`.
  init(
    _ flows: [FlowBuilder],
    trigger: Trigger = .manual,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    answer: (EffectRequest) -> Answer = { _ in .outputs(ConnectorAnswer(outputs: [:])) }
  ) throws {
    let program = try Self.program(flows)
    var interpreter = Interpreter(program, cards: cards, executionID: "root", options: options)
    var transition = interpreter.start(trigger)
    while true {
      switch transition {
      case .needs(let request):
        requests.append(request)
        events += interpreter.takeEvents()
        transition = interpreter.resume(with: answer(request))
      case .finished(let outcome):
        self.outcome = outcome
        events += interpreter.takeEvents()
        return
      }
    }
  }

  static func program(_ flows: [FlowBuilder]) throws -> Program {
    let pack = try FlowPack.load(FlowBuilder.export(flows), source: "test")
    let closure = pack.closure(of: Text(flows[0].id))
    guard let closure else { throw CardError(kind: .notFound, message: "no flow") }
    return Program(closure)
  }

  var steps: [Step] {
    events.compactMap { if case .step(let step) = $0 { step } else { nil } }
  }

  /// The paths of the steps in the order in which they began.
  var paths: [String] {
    steps.sorted { $0.ordinal < $1.ordinal }.map(\.path.description)
  }

  var executions: [ExecutionStart] {
    events.compactMap { if case .executionStarted(let start) = $0 { start } else { nil } }
  }

  func step(_ path: Text) -> Step? { steps.first { $0.path == path } }

  /// The output of a step, nil where there is no such step or output.
  func output(_ name: Text, of path: Text) -> Value? { step(path)?.namedOutputs[name] }

  var result: Value { outcome.end.result }
}
