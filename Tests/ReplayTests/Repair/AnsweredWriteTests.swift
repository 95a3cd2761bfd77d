import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// Writes whose answer is recorded while their step never ended.
@Suite struct AnsweredWriteTests {
  /// A write whose answer is handed to a flow record by record; that flow writes as well.
  private static let flow = flow(records: 2)

  private static func flow(records count: Int) -> RecordedFlow {
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
          ConnectorAnswer(
            outputs: [:],
            records: (1...count).map { ["id": .text(Text("\($0)"))] }
          )
        )
      ]
    )
  }

  /// A driver whose process ends at a step, before anything of it goes out.
  private struct EndingDriver: Driver {
    var inner: TestDriver
    let path: Text

    struct Ended: Error {}

    mutating func reach(of request: EffectRequest) throws -> EffectReach {
      if request.path == path { throw Ended() }
      return inner.reach(of: request)
    }

    mutating func answer(_ request: EffectRequest) -> EffectReply { inner.answer(request) }

    mutating func refresh() {}
  }

  private func failed(
    endingAt path: Text,
    _ flow: RecordedFlow = flow,
    in log: EventLog
  ) throws -> Recording {
    let closure = try flow.closure()
    let header = RecordingHeader(
      execution: "e-1",
      version: FlowVersion(closure),
      mode: .live,
      input: .manual,
      salt: [7]
    )
    var driver = EndingDriver(inner: TestDriver(answers: flow.answers), path: path)
    #expect(throws: EndingDriver.Ended.self) {
      try Recorder(log).run(Program(closure), header, &driver)
    }
    let cut = try #require(try RecordingReader(log).cutRun(of: "e-1"))
    try Recorder(log).giveUp(cut, Resumption(actor: "ada"))
    return try #require(try RecordingReader(log).recording(of: "e-1"))
  }

  private static let policy = RepairPolicy(now: Instant(milliseconds: 0), seed: "p")

  private func plan(
    _ recording: Recording,
    _ flow: RecordedFlow = flow,
    repairs: [Recording] = []
  ) throws -> PlannedRepair {
    let closure = try flow.closure()
    let program = Program(closure)
    let driver = LocalDriver(program, closure: closure, ambient: .test)
    return try RepairPlanner(program, closure, Self.policy).plan(
      RepairHistory(failed: recording, repairs: repairs),
      Array(repeating: Alignment(old: closure, new: closure), count: 1 + repairs.count),
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

  @Test(arguments: 1...3)
  func `a write that a repair takes over is told of once, however many records it handed on`(
    count: Int
  ) throws {
    let flow = Self.flow(records: count)
    try withTemporaryLog { log in
      let recording = try failed(endingAt: "last", flow, in: log)
      let planned = try plan(recording, flow)
      let again = try repairInVain(recording, planned, flow, in: log)
      let steps = ["push"] + (0..<count).map { "push[\($0)]/tell" } + ["last"]
      let anew = try plan(recording, flow, repairs: [again])
      #expect(anew.effects.map(\.step.description) == steps)
      #expect(anew.effects.map(\.action).dropLast().allSatisfy { $0 == .reuse })
    }
  }

  @Test(arguments: 1...3)
  func `a repair replays as it was recorded, with where its answers are from`(count: Int) throws {
    let flow = Self.flow(records: count)
    try withTemporaryLog { log in
      let recording = try failed(endingAt: "last", flow, in: log)
      let again = try repairInVain(recording, try plan(recording, flow), flow, in: log)
      let beginning = try #require(recording.positions?.lowerBound)
      let push = try #require(again.steps.first { $0.path == "push" }?.requests.first)
      #expect(push.evidence == .recording(beginning))
      let program = Program(try flow.closure())
      #expect(Replayer.replay(again, program).outcome == .identical)
      let stored = try #require(try Replayer.replay("e-2", in: log) { _ in program })
      #expect(stored.outcome == .identical)
    }
  }

  @Test(arguments: 1...3)
  func `an older recording says by events that it took over a write`(count: Int) throws {
    let flow = Self.flow(records: count)
    try withTemporaryLog { log in
      let recording = try failed(endingAt: "last", flow, in: log)
      let planned = try plan(recording, flow)
      let again = try repairInVain(recording, planned, flow, in: log) { beginning in
        .events(Array(repeating: beginning, count: count == 1 ? 2 : 1))
      }
      let anew = try plan(recording, flow, repairs: [again])
      #expect(anew.effects.count == count + 2)
      #expect(Replayer.replay(again, Program(try flow.closure())).outcome == .identical)
    }
  }

  /// A driver that gives its answers another evidence where a recording told of them.
  private struct RetellingDriver<Inner: Driver>: Driver {
    var inner: Inner
    let evidence: @Sendable (Position) -> AnswerEvidence

    mutating func reach(of request: EffectRequest) throws -> EffectReach {
      try inner.reach(of: request)
    }

    mutating func answer(_ request: EffectRequest) throws -> EffectReply {
      let reply = try inner.answer(request)
      guard case .recording(let beginning) = reply.evidence else { return reply }
      return EffectReply(reply.answer, evidence: evidence(beginning))
    }

    mutating func refresh() throws { try inner.refresh() }
  }

  /// A repair that fails where the first run ended.
  private func repairInVain(
    _ recording: Recording,
    _ planned: PlannedRepair,
    _ flow: RecordedFlow,
    in log: EventLog,
    told evidence: @escaping @Sendable (Position) -> AnswerEvidence = { .recording($0) }
  ) throws -> Recording {
    let closure = try flow.closure()
    let program = Program(closure)
    let history = RepairHistory(failed: recording)
    let header = RecordingHeader(
      execution: "e-2",
      version: FlowVersion(closure),
      mode: .live,
      repairs: "e-1",
      knownAs: "e-1",
      input: .manual,
      salt: [7]
    )
    let refusing = Services(
      missing: { _, _, _ in nil },
      effect: { _ in .unsafe },
      perform: { _ in .init(.failure(CardError(kind: .httpError, message: "not now"))) },
      ask: { _, _ in nil },
      sleep: { _ in }
    )
    let live = LiveDriver(
      program,
      closure: closure,
      root: "e-1",
      services: refusing,
      ambient: .test,
      tables: .empty,
      search: nil
    )
    let repair = RepairDriver(
      history,
      [Alignment(old: closure, new: closure)],
      Self.policy,
      planned,
      live: live
    )
    var driver = RetellingDriver(inner: repair, evidence: evidence)
    let outcome = try Recorder(log).run(program, header, &driver)
    #expect(outcome.end.status == .failed)
    return try #require(try RecordingReader(log).recording(of: "e-2"))
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
