import Flows
import Replay
import TestSupport
import Values

/// Records runs of flows that a test built, in memory.
enum RunInMemory {
  /// An answer without outputs.
  static let done = Answer.outputs(ConnectorAnswer(outputs: [:]))

  /// Tables that the flows of tests may use.
  static let tables: Object = [
    "t1": ["name": "First", "data": ["structure": [["name": "a", "type": "str"]]]],
    "t2": ["name": "Second", "data": ["structure": [["name": "a", "type": "str"]]]],
  ]

  /// The first of `flows` with all it calls.
  static func program(_ flows: [FlowBuilder]) throws -> Program {
    let pack = try FlowPack.load(FlowBuilder.export(flows, tables: tables), source: "test")
    guard let closure = pack.closure(of: Text(flows[0].id)) else {
      throw CardError(kind: .notFound, message: "no flow")
    }
    return Program(closure)
  }

  /// Runs a program and records it.
  static func record(
    _ program: Program,
    trigger: Trigger = .manual,
    execution: Text = "root",
    engine: Text = Text(Interpreter.engineVersion),
    savesValues: Bool = true,
    answer: (EffectRequest) -> Answer = { _ in done }
  ) -> Recording {
    var builder = RecordingBuilder(
      RecordingHeader(
        execution: execution,
        flowID: program.flowID,
        flowName: program.flowName,
        hash: "test",
        engine: engine,
        mode: .local,
        input: trigger,
        savesValues: savesValues
      )
    )
    builder.run(Interpreter(program, executionID: execution), trigger) { request in
      Self.answer(request, answer)
    }
    return builder.build()
  }

  /// Runs a program with made-up answers and records it.
  static func typed(_ program: Program, seed: UInt64) -> Recording {
    let typed = TypedAnswers(program, seed: seed)
    var builder = RecordingBuilder(
      RecordingHeader(
        execution: "run",
        flowID: program.flowID,
        flowName: program.flowName,
        hash: "test",
        engine: Text(Interpreter.engineVersion),
        mode: .local,
        input: typed.trigger()
      )
    )
    builder.run(Interpreter(program, executionID: "run"), typed.trigger()) { request in
      typed.answer(to: request)
    }
    return builder.build()
  }

  /// Time stands still, chance is always one half, every id is one and every zone is UTC.
  private static func answer(
    _ request: EffectRequest,
    _ connector: (EffectRequest) -> Answer
  ) -> Answer {
    guard case .ambient(let ambient) = request.ask else { return connector(request) }
    switch ambient {
    case .now: return .value(.date(Instant(milliseconds: 1_789_380_000_000)))
    case .random(let count): return .value(.list(Array(repeating: 0.5, count: count)))
    case .newID: return .value("id-1")
    case .zone: return .value(["offset": 0, "abbreviation": "UTC"])
    case .wait: return .value(.null)
    case .signature: return .value("c2lnbmF0dXJl")
    case .covered: return .value(.null)
    }
  }
}
