import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// A program with the events that a run of it left.
struct RecordedScene: Sendable, CustomTestStringConvertible {
  typealias RecordedData = (type: String, data: [UInt8])

  let name: String
  let flow: RecordedFlow
  var mode = ExecutionMode.local
  /// Whether the run is cut off at its first effect, and taken up again.
  var isResumed = false

  var testDescription: String { name }

  /// Recordings that between them have every type of event and every member.
  static let all: [RecordedScene] =
    [RecordedFlow.pure, .effect, .failing, .loop, .stopping, .streaming, .clock, endpoint, thrown]
    .map { RecordedScene(name: $0.name, flow: $0) } + [
      RecordedScene(name: retrying.name, flow: retrying, mode: .live),
      RecordedScene(name: "a run that was taken up", flow: .effect, mode: .live, isResumed: true),
    ]

  func program() throws -> Program { Program(try flow.closure()) }

  /// The events of the run, in order.
  func events() throws -> [RecordedData] {
    let program = try program()
    var events: [RecordedData] = []
    try withTemporaryLog { log in
      let header = RecordingHeader(
        execution: "root",
        version: FlowVersion(try flow.closure()),
        number: 1,
        mode: mode,
        actor: "ada@example.com",
        input: flow.trigger,
        salt: Array(repeating: 7, count: 16)
      )
      var driver = TestDriver(answers: flow.answers)
      if isResumed {
        try resumedRun(program, header, log, &driver)
      } else {
        try Recorder(log).run(program, header, &driver)
      }
      events = try log.events(of: .execution("root")).map { ($0.type, $0.data) }
    }
    return events
  }

  private func resumedRun(
    _ program: Program,
    _ header: RecordingHeader,
    _ log: EventLog,
    _ driver: inout TestDriver
  ) throws {
    var cut = RecordingRun(program, header: header, log: log)
    guard case .needs(let request) = try cut.start() else { return }
    try cut.announce(request)
    guard let found = try RecordingReader(log).cutRun(of: "root") else { return }
    var run = RecordingRun(resuming: found, program, log: log)
    var transition = try run.catchUp(found)
    try run.claim(
      RecordedResumption(
        execution: "root",
        actor: "ben@example.com",
        reason: "The machine was gone.",
        step: request.path,
        decision: .again
      )
    )
    while case .needs(let request) = transition {
      try run.announce(request)
      transition = try run.resume(with: driver.answer(request))
    }
  }
}

extension RecordedScene {
  /// An API endpoint that answers its caller.
  private static let endpoint: RecordedFlow = {
    var main = FlowBuilder("main")
    main.card("start", "http:accept", outputs: ["body/who"])
    main.card(
      "close",
      "httpfunctions:close",
      [
        "Response/statusCode:number": .constant(201),
        "Response/headers:object": .constant(["x-a": "b"]),
        "Response/body": .wire("start.body/who"),
      ]
    )
    main.card("end", "control:return", ["r": .constant("done")], outputs: ["r"])
    return RecordedFlow(
      name: "an endpoint that answers",
      flows: [main],
      trigger: .http(HTTPRequest(body: "{\"who\":\"Ada\"}"))
    )
  }()

  /// A flow that ends with the error that it throws.
  private static let thrown: RecordedFlow = {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("boom", "control:throw", ["message": .constant("no")])
    return RecordedFlow(name: "a flow that throws", flows: [main])
  }()

  /// A card whose service never has time.
  private static let retrying: RecordedFlow = {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "put",
      "okta:updateUser",
      ["User/id": .constant("u1")],
      policy: ["type": "finish", "retry": 2, "delay": [1]]
    )
    return RecordedFlow(
      name: "a card that asks again",
      flows: [main],
      answers: [
        "okta:updateUser": .failure(
          CardError(kind: .httpError, message: "slow down", statusCode: 429)
        )
      ]
    )
  }()
}
