internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import TestSupport
internal import Values

/// A flow of connector cards, each with what the one before it gave, as the peers' workloads have.
struct CallFlow {
  /// Its name.
  let name: String
  let closure: FlowClosure
  let program: Program
  let pack: FlowPack

  /// How many connector cards it has.
  static let cards = 5

  /// Makes the flow.
  ///
  /// - Parameters:
  ///   - name: Its name and id.
  ///   - aside: What a card says in the arm of a condition that no run takes; nil for a flow without
  ///     a condition.
  /// - Throws: `Failure`, `FlowLoadError`.
  init(_ name: String, aside: String? = nil) throws {
    var flow = FlowBuilder(name)
    flow.card("start", "control:callable", outputs: ["Number:number"])
    var source = "start.Number"
    for card in 1...Self.cards {
      let id = "call\(card)"
      flow.card(
        id,
        "okta:readUser",
        ["User/ID:number": .wire(source)],
        outputs: ["User/Number:number"]
      )
      source = "\(id).User/Number"
    }
    if let aside {
      let condition: KeyValuePairs<String, FlowInput> = [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("a"),
      ]
      flow.ifElse("if", condition) {
        $0.card("yes", "string:compose", ["_text_": .constant("taken")], outputs: ["output"])
      } whenFalse: {
        let text = FlowInput.constant(.text(Text(aside)))
        $0.card("no", "string:compose", ["_text_": text], outputs: ["output"])
      }
    }
    try self.init(name, flow)
  }

  /// Makes a flow of a builder's cards, which has the name as its id too.
  init(_ name: String, _ flow: FlowBuilder) throws {
    pack = try FlowPack.load(FlowBuilder.export([flow]), source: name)
    guard let closure = pack.closure(of: Text(name)) else { throw Failure("no flow \(name)") }
    self.name = name
    self.closure = closure
    program = Program(closure)
  }

  /// Registers the flow in a log.
  func register(in log: EventLog) throws {
    let author = FlowRegistry.Author(actor: "ada@example.com", why: nil)
    _ = try FlowRegistry(log).add(pack, source: name, by: author)
  }

  /// Registers the flow in a store and records executions there, as local runs unless told otherwise.
  func fill(_ store: String, _ count: Int, reach: EffectReach = .standIn) throws {
    let log = try EventLog(at: store, options: BenchmarkWorld.options())
    try register(in: log)
    _ = try record(count, in: log, .groups(reach))
  }

  /// What a recording of the flow begins with.
  func header(_ number: Int, version: FlowVersion) -> RecordingHeader {
    RecordingHeader(
      execution: ExecutionID.text(of: BenchmarkWorld.entropy(ExecutionID.byteCount)),
      version: version,
      number: 1,
      mode: .local,
      actor: "ada@example.com",
      input: .call(arguments: ["Number": .number(Double(number))]),
      salt: BenchmarkWorld.entropy(16),
      savesValues: true
    )
  }
}

/// Answers each connector card with a number, at once.
struct CallAnswers: Driver {
  /// How far requests to connectors go.
  let reach: EffectReach

  func reach(of request: EffectRequest) -> EffectReach {
    request.connectorRequest == nil ? .inside : reach
  }

  func answer(_ request: EffectRequest) -> EffectReply { EffectReply(Self.answer) }

  mutating func refresh() {}

  static let answer = Answer.outputs(ConnectorAnswer(outputs: ["User/Number": 7]))
}
