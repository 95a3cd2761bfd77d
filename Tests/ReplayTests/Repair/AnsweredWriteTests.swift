import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// Writes whose answer is recorded while their step never ended.
@Suite struct AnsweredWriteTests {
  /// A write whose answer is handed to a flow record by record; that flow writes as well.
  private static let flow: RecordedFlow = {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "push",
      "acme:pushUsers",
      ["Streaming/Flow:flo": .flow("each"), "Streaming/Record Limit:number": .constant(5)],
      outputs: ["Result/Records Streamed:number"]
    )
    main.card("last", "slack:send", ["Message/Text": .constant("done")], outputs: ["id"])
    var each = FlowBuilder("each")
    each.card("in", "control:callable", outputs: ["Record:object"])
    each.card("tell", "slack:send", ["Message/Body:object": .wire("in.Record")], outputs: ["id"])
    return RecordedFlow(
      name: "",
      flows: [main, each],
      answers: [
        "acme:pushUsers": .outputs(
          ConnectorAnswer(outputs: [:], records: [["id": "1"], ["id": "2"]])
        )
      ]
    )
  }()

  /// A driver whose process ends at a step, before anything of it goes out.
  private struct EndingDriver: Driver {
    var inner = TestDriver(answers: AnsweredWriteTests.flow.answers)
    let path: Text

    struct Ended: Error {}

    mutating func reach(of request: EffectRequest) throws -> EffectReach {
      if request.path == path { throw Ended() }
      return inner.reach(of: request)
    }

    mutating func answer(_ request: EffectRequest) -> EffectReply { inner.answer(request) }

    mutating func refresh() {}
  }

  private func failed(endingAt path: Text, in log: EventLog) throws -> Recording {
    let closure = try Self.flow.closure()
    let header = RecordingHeader(
      execution: "e-1",
      version: FlowVersion(closure),
      mode: .live,
      input: .manual,
      salt: [7]
    )
    var driver = EndingDriver(path: path)
    #expect(throws: EndingDriver.Ended.self) {
      try Recorder(log).run(Program(closure), header, &driver)
    }
    let cut = try #require(try RecordingReader(log).cutRun(of: "e-1"))
    try Recorder(log).giveUp(cut, Resumption(actor: "ada"))
    return try #require(try RecordingReader(log).recording(of: "e-1"))
  }

  private func plan(_ recording: Recording) throws -> PlannedRepair {
    let closure = try Self.flow.closure()
    let program = Program(closure)
    let policy = RepairPolicy(now: Instant(milliseconds: 0), seed: "p")
    let driver = LocalDriver(program, closure: closure, ambient: .test)
    return try RepairPlanner(program, closure, policy).plan(
      RepairHistory(failed: recording),
      [Alignment(old: closure, new: closure)],
      input: .manual,
      execution: "e-2",
      driver
    )
  }

  @Test func `a write that was answered is done although its step never ended`() throws {
    try withTemporaryLog { log in
      let recording = try failed(endingAt: "push[1]/tell", in: log)
      #expect(recording.answeredRequests.map(\.path) == ["push"])
      #expect(recording.openRequests.isEmpty)
      let planned = try plan(recording)
      #expect(planned.effects.map(\.step) == ["push", "push[0]/tell", "push[1]/tell", "last"])
      #expect(planned.effects.map(\.action) == [.reuse, .reuse, .send, .send])
      #expect(planned.status == .succeeded)
    }
  }

  @Test func `a write whose step ended is told of once`() throws {
    try withTemporaryLog { log in
      let recording = try failed(endingAt: "last", in: log)
      #expect(recording.answeredRequests.isEmpty)
      #expect(try plan(recording).effects.map(\.action) == [.reuse, .reuse, .reuse, .send])
    }
  }
}

extension AmbientSources {
  /// Sources that never change.
  fileprivate static let test = AmbientSources(
    now: { Instant(milliseconds: 0) },
    random: { Array(repeating: 0, count: $0) },
    newID: { "id" },
    zones: ZoneDatabase { _ in nil }
  )
}
