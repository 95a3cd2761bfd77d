import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct ScriptedAnswersTests {
  struct Condition: Sendable, CustomTestStringConvertible {
    let when: String
    let holds: [Value]
    let fails: [Value]

    var testDescription: String { when }
  }

  @Test(arguments: [
    Condition(when: #""Ada""#, holds: ["Ada"], fails: ["ada", 1, .null, ["Ada"]]),
    Condition(when: "null", holds: [.null], fails: ["", 0]),
    Condition(when: #"{"equals":{"a":1}}"#, holds: [["a": 1]], fails: [["a": 2], "a"]),
    Condition(when: #"{"contains":"d"}"#, holds: ["Ada", ["x", "d"]], fails: ["A", ["Ada"], 4]),
    Condition(
      when: #"{"startsWith":"A","endsWith":"a"}"#,
      holds: ["Ada", "Aa"],
      fails: ["A", "da"]
    ),
    Condition(when: #"{"oneOf":["a",2]}"#, holds: ["a", 2], fails: ["2", .null]),
    Condition(when: #"{"present":true}"#, holds: ["", 0, false], fails: [.null]),
    Condition(when: #"{"present":false}"#, holds: [.null], fails: [""]),
    Condition(when: #"{"not":{"contains":"d"}}"#, holds: ["A", .null], fails: ["Ada"]),
    Condition(
      when: #"{"$date":"1970-01-01T00:00:00.001Z"}"#,
      holds: [.date(Instant(milliseconds: 1))],
      fails: ["1970-01-01T00:00:00.001Z"]
    ),
  ])
  func `a condition holds for what it says`(_ example: Condition) throws {
    let script = try script(
      #"{"connector":"okta","method":"find","when":{"User/ID":\#(example.when)},"outputs":{}}"#
    )
    for value in example.holds { #expect(try ask(script, value) == nil, "\(value)") }
    for value in example.fails { #expect(try ask(script, value) != nil, "\(value)") }
  }

  @Test func `the first entry that matches answers, as often as it may`() throws {
    let script = try script(
      #"{"connector":"okta","method":"find","times":1,"error":{"kind":"Not Found","message":"no"}},"#
        + #"{"connector":"okta","method":"find","outputs":{}}"#
    )
    var statuses: [ExecutionStatus] = []
    for _ in 0..<2 {
      try run(script, "x") { outcome in statuses.append(outcome.end.status) }
    }
    #expect(statuses == [.failed, .succeeded])
  }

  @Test(arguments: [
    (#"{"connector":"okta","method":"find"}"#, #"either "outputs" or "error""#),
    (#"{"connector":"okta","method":"find","wen":{},"outputs":{}}"#, "answers[0].wen"),
    (#"{"connector":"okta","method":"find","when":{"a":{"has":1}},"outputs":{}}"#, "when.a.has"),
    (#"{"connector":"okta","method":"find","times":-1,"outputs":{}}"#, "whole number"),
    (
      #"{"connector":"okta","method":"find","error":{"kind":"Odd","message":"m"}}"#,
      "no kind of error"
    ),
    (#"{"method":"find","outputs":{}}"#, "answers[0].connector"),
  ])
  func `a wrong file is refused at its place`(_ entry: String, _ part: String) throws {
    let error = try #require(throws: AnswersError.self) { try script(entry) }
    #expect(error.description.contains(part))
  }

  @Test func `an unanswered request ends the run and names the entry to add`() throws {
    try withTemporaryLog { log in
      let flow = RecordedFlow.effect
      let closure = try flow.closure()
      let program = Program(closure)
      var driver = LocalDriver(program, closure: closure, ambient: .fixed)
      let error = try #require(throws: DriverError.self) {
        try Recorder(log).run(program, try flow.header(), &driver)
      }
      #expect(error.description.contains(#"User/ID: "00u1""#))
      #expect(error.description.contains(#""method":"readUser""#))
      #expect(error.description.contains("--answers typed"))
      let read = try #require(try RecordingReader(log).recording(of: "e-1"))
      #expect(read.end?.status == .failed)
      #expect(read.end?.error?.isFatal == true)
      #expect(read.openRequests.isEmpty)
      #expect(read.isFinished)
    }
  }

  @Test func `typed answers answer what no entry does`() throws {
    try withTemporaryLog { log in
      let flow = RecordedFlow.effect
      let closure = try flow.closure()
      let program = Program(closure)
      var driver = LocalDriver(
        program,
        closure: closure,
        otherwise: .typed(TypedAnswers(program)),
        ambient: .fixed
      )
      let outcome = try Recorder(log).run(program, try flow.header(), &driver)
      #expect(outcome.end.status == .succeeded)
    }
  }

  @Test func `the project's own answers read`() throws {
    for name in ["answers/demo.json", "answers/failed-logins.json"] {
      _ = try ScriptedAnswers(try Fixtures.bytes(name), source: name)
    }
  }
}

extension ScriptedAnswersTests {
  private func script(_ entries: String) throws -> ScriptedAnswers {
    try ScriptedAnswers(Array(#"{"answers":[\#(entries)]}"#.utf8), source: "answers.json")
  }

  /// What keeps a request with that input from being answered.
  private func ask(_ script: ScriptedAnswers, _ input: Value) throws -> DriverError? {
    do {
      try run(script, input) { _ in }
      return nil
    } catch let error as DriverError {
      return error
    }
  }

  private func run(
    _ script: ScriptedAnswers,
    _ input: Value,
    _ body: (RunOutcome) -> Void
  ) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who:any"])
    main.card("find", "okta:find", ["User/ID:any": .wire("start.who")])
    let flow = RecordedFlow(
      name: "",
      flows: [main],
      trigger: .call(arguments: ["who": input])
    )
    let closure = try flow.closure()
    let program = Program(closure)
    var driver = LocalDriver(program, closure: closure, script: script, ambient: .fixed)
    try withTemporaryLog { log in
      body(try Recorder(log).run(program, try flow.header(), &driver))
    }
  }
}

extension AmbientSources {
  /// Sources that always give the same.
  static let fixed = AmbientSources(
    now: { Instant(milliseconds: 1_780_000_000_000) },
    random: { Array(repeating: 0.5, count: $0) },
    newID: { "id" },
    zones: ZoneDatabase { _ in nil }
  )
}
