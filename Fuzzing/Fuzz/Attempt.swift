internal import Flows
internal import Values

/// One input of the fuzzer: bytes as an export, or as edits of an export that is there.
enum Attempt {
  /// More than any test of a flow needs; small, so that many are tried.
  private static let options = RunOptions(
    maximumDepth: 40,
    maximumSteps: 4_000,
    maximumExecutions: 150
  )

  static func run(_ bytes: [UInt8]) {
    guard let kind = bytes.first else { return }
    var choices = Choices(bytes.dropFirst())
    if kind.isMultiple(of: 4) {
      runFlows(of: Array(bytes.dropFirst()), &choices)
    } else {
      runFlows(of: JSON.serialize(EditedExport.make(&choices)), &choices)
    }
  }

  private static func runFlows(of export: [UInt8], _ choices: inout Choices) {
    guard let pack = try? FlowPack.load(export, source: "fuzz") else { return }
    for flow in pack.flows.prefix(3) {
      guard let closure = pack.closure(of: flow.id) else { continue }
      // A version is hashed, stored and read back as any other.
      _ = FlowVersion(closure)
      _ = FlowOutline(flow, in: closure)
      run(Program(closure), seed: UInt64(choices.next()))
    }
  }

  private static func run(_ program: Program, seed: UInt64) {
    let answers = TypedAnswers(program, seed: seed)
    var run = Interpreter(program, executionID: "fuzz", options: options)
    var transition = run.start(answers.trigger())
    var asked = 0
    while case .needs(let request) = transition, asked < 2_000 {
      asked += 1
      _ = run.takeEvents()
      transition = run.resume(with: answer(request, answers))
    }
  }

  private static func answer(_ request: EffectRequest, _ answers: TypedAnswers) -> Answer {
    guard case .ambient(let asked) = request.ask else { return answers.answer(to: request) }
    return switch asked {
    case .now: .value(.date(Instant(milliseconds: 1_767_225_600_000)))
    case .random(let count):
      .value(.list((0..<min(max(0, count), 10_000)).map { .number(Double($0 % 97) / 97) }))
    case .newID: .value("00000000-0000-0000-0000-000000000000")
    case .zone(let name, let instant):
      .value(ZoneDatabase { _ in nil }.answer(zone: name, at: instant).value)
    case .wait: .value(.null)
    case .signature(let request): .value(request.sign())
    case .covered: .value(.null)
    }
  }
}

/// Decisions that the fuzzer's bytes make, one after the other; zeros once they are used up.
struct Choices {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  var isEmpty: Bool { rest.isEmpty }

  mutating func next() -> UInt8 { rest.popFirst() ?? 0 }

  /// A number below `bound`, which is above 0.
  mutating func below(_ bound: Int) -> Int {
    let number = bound > 256 ? Int(next()) << 8 | Int(next()) : Int(next())
    return number % bound
  }
}
