import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// A small flow with what it is started with and what answers it.
struct RecordedFlow: Sendable, CustomTestStringConvertible {
  let name: String
  let flows: [FlowBuilder]
  var trigger = Trigger.manual
  var tables: Object = [:]
  /// What connectors answer, by `connector:method`.
  var answers: [String: Answer] = [:]

  var testDescription: String { name }

  func closure() throws -> FlowClosure {
    let pack = try FlowPack.load(FlowBuilder.export(flows, tables: tables), source: "test")
    guard let first = flows.first, let closure = pack.closure(of: Text(first.id)) else {
      throw MissingFlow()
    }
    return closure
  }

  func header(execution: Text = "e-1", savesValues: Bool = true) throws -> RecordingHeader {
    RecordingHeader(
      execution: execution,
      version: FlowVersion(try closure()),
      number: 1,
      mode: .local,
      actor: "ada@example.com",
      input: trigger,
      salt: Array(repeating: 7, count: 16),
      savesValues: savesValues
    )
  }

  /// The run recorded in memory.
  func inMemory(_ header: RecordingHeader) throws -> Recording {
    var driver = TestDriver(answers: answers)
    let run = Interpreter(Program(try closure()), executionID: header.execution)
    var builder = RecordingBuilder(header)
    builder.run(run, header.input) { driver.answer($0).answer }
    return builder.build()
  }

  struct MissingFlow: Error {}
}

/// Answers by method, and from a clock that ticks.
struct TestDriver: Driver {
  let answers: [String: Answer]
  var ticks = 0

  mutating func reach(of request: EffectRequest) -> EffectReach {
    request.connectorRequest == nil ? .inside : .outside
  }

  mutating func answer(_ request: EffectRequest) -> EffectReply {
    switch request.ask {
    case .connector(let asked):
      return EffectReply(answers["\(asked.method)"] ?? .outputs(ConnectorAnswer(outputs: [:])))
    case .ambient(.now):
      ticks += 1
      return EffectReply(.value(.date(Instant(milliseconds: Int64(ticks) * 1_000))))
    case .ambient(.random(let count)):
      return EffectReply(.value(.list(Array(repeating: 0.25, count: count))))
    case .ambient(.newID): return EffectReply(.value("id"))
    case .ambient: return EffectReply(.value(.null))
    }
  }

  mutating func refresh() {}
}

extension RecordedFlow {
  /// Flows that between them have every shape of recorded value.
  static let all: [RecordedFlow] = [
    pure, effect, failing, longValues, loop, stopping, oddValues, streaming, clock,
  ]

  static let pure: RecordedFlow = {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    main.card(
      "text",
      "string:compose",
      ["_text_": .constant("Hello {{{who}}}"), "who": .wire("start.who")],
      outputs: ["output"]
    )
    return RecordedFlow(
      name: "pure cards",
      flows: [main],
      trigger: .call(arguments: ["who": "Ada"])
    )
  }()

  static let effect: RecordedFlow = {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    main.card("read", "okta:readUser", ["User/ID": .wire("start.who")], outputs: ["User/Name"])
    main.card("send", "slack:send", ["Message/Text": .wire("read.User/Name")])
    return RecordedFlow(
      name: "a read and a write",
      flows: [main],
      trigger: .call(arguments: ["who": "00u1"]),
      answers: ["okta:readUser": .outputs(ConnectorAnswer(outputs: ["User/Name": "Ada"]))]
    )
  }()

  static let failing: RecordedFlow = {
    var flow = effect
    return RecordedFlow(
      name: "a failure with details",
      flows: flow.flows,
      trigger: flow.trigger,
      answers: [
        "okta:readUser": .failure(
          CardError(
            kind: .notFound,
            message: "Nobody.",
            statusCode: 404,
            details: ["body": ["a", 1]]
          )
        )
      ]
    )
  }()

  static let longValues: RecordedFlow = {
    let long = Text(String(repeating: "long ", count: 400))
    return RecordedFlow(
      name: "values over 512 bytes",
      flows: effect.flows,
      trigger: .call(arguments: ["who": .text(long)]),
      answers: [
        "okta:readUser": .outputs(
          ConnectorAnswer(outputs: ["User/Name": .text(long), "User/More": [.text(long), 1]])
        )
      ]
    )
  }()

  static let loop: RecordedFlow = {
    var item = FlowBuilder("item")
    item.card("start", "control:callable", outputs: ["event:object"])
    item.card("send", "slack:send", ["Message/Text:object": .wire("start.event")])
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["events:object[]"])
    main.card(
      "each",
      "list:each",
      [
        "list:object[]": .wire("start.events"), "callable:flo": .flow("item"),
        "event:object": .custom(.item("")),
      ]
    )
    return RecordedFlow(
      name: "items of a list",
      flows: [main, item],
      trigger: .call(arguments: [
        "events": [
          ["uuid": "u-1", "eventType": "user.session.start"],
          ["uuid": "u-2", "eventType": "user.session.end"],
        ]
      ])
    )
  }()

  static let stopping: RecordedFlow = {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["n:number"])
    main.card(
      "if",
      "control:continueIf",
      [
        "left-operand:number": .wire("start.n"), "operator": .constant("=="),
        "right-operand:number": .constant(1),
        "message": .constant("not one"),
      ]
    )
    main.card("send", "slack:send")
    return RecordedFlow(
      name: "a flow that stops",
      flows: [main],
      trigger: .call(arguments: ["n": 2])
    )
  }()

  static let oddValues: RecordedFlow = {
    RecordedFlow(
      name: "values that JSON lacks",
      flows: effect.flows,
      trigger: .call(arguments: ["who": ["$date": "no date"]]),
      answers: [
        "okta:readUser": .outputs(
          ConnectorAnswer(outputs: [
            "User/Name": .number(-0.0), "User/Day": .date(Instant(milliseconds: 1)),
            "User/Far": .number(.infinity), "User/Ref": ["$ref": ["length": 1]],
            "User/File": .file(File(name: "a", mediaType: "b", content: [0, 255])),
          ])
        )
      ]
    )
  }()

  static let streaming: RecordedFlow = {
    var receiver = FlowBuilder("receiver")
    receiver.card("start", "control:callable", outputs: ["Record:object", "State:object"])
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "stream",
      "okta:listUsers",
      ["Streaming/Flow:flo": .flow("receiver")],
      outputs: ["Result/Records Streamed:number"]
    )
    return RecordedFlow(
      name: "a stream of records",
      flows: [main, receiver],
      answers: [
        "okta:listUsers": .outputs(
          ConnectorAnswer(outputs: [:], records: [["id": "1"], ["id": "2"]])
        )
      ]
    )
  }()

  static let clock: RecordedFlow = {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("now", "date:now", outputs: ["date:Date"])
    main.card("wait", "control:wait", ["delay:number": .constant(2), "unit": .constant("minute")])
    return RecordedFlow(name: "clock and wait", flows: [main])
  }()
}
