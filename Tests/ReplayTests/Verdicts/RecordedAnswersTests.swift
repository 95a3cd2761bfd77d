import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// The third place where answers come from: the newest same request in the log before the run.
@Suite struct RecordedAnswersTests {
  private static func flow(_ user: Value) -> FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("read", "okta:readUser", ["User/ID": .constant(user)], outputs: ["User/Name"])
    main.card("send", "slack:send", ["Message/Text": .wire("read.User/Name")])
    return main
  }

  /// Records a run that reads a user of that name.
  private static func record(
    _ user: Value,
    name: Text,
    as execution: Text,
    in log: EventLog,
    savesValues: Bool = true
  ) throws {
    let flow = RecordedFlow(
      name: "",
      flows: [flow(user)],
      answers: ["okta:readUser": .gives(["User/Name": .text(name)])]
    )
    var driver = TestDriver(answers: flow.answers)
    let header = try flow.header(execution: execution, savesValues: savesValues)
    try Recorder(log).run(Program(try flow.closure()), header, &driver)
  }

  /// The result for the run `middle` of a version that reads another user.
  private static func diff(in log: EventLog, reading user: Value) throws -> DiffResult {
    let differ = Differ(
      old: try RunInMemory.program([flow("u1")]),
      new: try RunInMemory.program([flow(user)])
    )
    let recording = try #require(try RecordingReader(log).recording(of: "middle"))
    let answers = RecordedAnswers(log)
    let sources = AnswerSources(newestInLog: { try? answers.newest(for: $0, before: $1) })
    return differ.diff(recording, answers: sources)
  }

  @Test func `an answer of another execution comes with how many of the last ones agree`() throws {
    try withTemporaryLog { log in
      let names: [Text] = ["Ben", "Ben", "Bo", "Ben"]
      for (number, name) in names.enumerated() {
        try Self.record("u2", name: name, as: Text("r\(number)"), in: log)
      }
      try Self.record("u1", name: "Ada", as: "middle", in: log)
      try Self.record("u2", name: "Late", as: "last", in: log)
      let result = try Self.diff(in: log, reading: "u2")
      let standing = try #require(result.assumptions.first?.standing)
      #expect(standing.agreeing == 3)
      #expect(standing.compared == 4)
      #expect(standing.age >= 0)
    }
  }

  @Test func `of many answers the last ten are looked at`() throws {
    try withTemporaryLog { log in
      for number in 0..<12 {
        let name: Text = number < 2 ? "Old" : "Ben"
        try Self.record("u2", name: name, as: Text("r\(number)"), in: log)
      }
      try Self.record("u1", name: "Ada", as: "middle", in: log)
      let standing = try #require(
        try Self.diff(in: log, reading: "u2").assumptions.first?.standing
      )
      #expect(standing.agreeing == 10 && standing.compared == 10)
    }
  }

  @Test func `a report counts the executions whose answers no recording has`() throws {
    try withTemporaryLog { log in
      try Self.record("u2", name: "Ben", as: "first", in: log)
      try Self.record("u2", name: "Bo", as: "second", in: log)
      try Self.record("u1", name: "Ada", as: "middle", in: log)
      let result = try Self.diff(in: log, reading: "u2")
      var report = DiffReport(
        Differ(
          old: try RunInMemory.program([Self.flow("u1")]),
          new: try RunInMemory.program([Self.flow("u2")])
        )
      )
      for _ in 0..<3 { report.add(result) }
      let read = try #require(report.unrecordedAnswers.first { $0.request == "okta:readUser" })
      #expect(read.executions == 3)
      #expect(read.differing == 3)
      #expect(read.reason == .newestInLog)
      let send = try #require(report.unrecordedAnswers.first { $0.request == "slack:send" })
      #expect(send.reason == .takenAsSucceeded)
      #expect(send.age == nil)
    }
  }

  @Test func `a read is answered by the newest same one before the run, and is assumed`() throws {
    try withTemporaryLog { log in
      try Self.record("u2", name: "Ben", as: "first", in: log)
      try Self.record("u2", name: "Benjamin", as: "second", in: log)
      try Self.record("u1", name: "Ada", as: "middle", in: log)
      try Self.record("u2", name: "Late", as: "last", in: log)
      let result = try Self.diff(in: log, reading: "u2")
      #expect(result.verdict == .changed)
      #expect(result.proof == .proven, "the first change is the request itself")
      #expect(result.assumptions.first?.reason == .newestInLog)
      #expect(result.changes.last?.after == "Benjamin")
      #expect(result.missing == [])
    }
  }

  @Test func `what was asked only later, or of which only digests are kept, is no answer`() throws {
    try withTemporaryLog { log in
      try Self.record("u2", name: "Ben", as: "first", in: log, savesValues: false)
      try Self.record("u1", name: "Ada", as: "middle", in: log)
      try Self.record("u2", name: "Late", as: "last", in: log)
      let result = try Self.diff(in: log, reading: "u2")
      #expect(result.missing.map(\.name) == ["okta:readUser"])
      #expect(result.notCompared == [NotCompared(step: "send", path: "Message/Text")])
    }
  }
}
