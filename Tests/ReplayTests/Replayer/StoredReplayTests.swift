import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// What the log says of a replay is what its recording, read as values, says.
@Suite struct StoredReplayTests {
  /// Records a flow in one log and hands its events, as they are or altered, to another.
  private static func replays(
    of flow: RecordedFlow,
    savesValues: Bool = true,
    withValues: Bool = true,
    _ alter: (inout [(type: String, data: [UInt8])]) -> Void = { _ in }
  ) throws -> (stored: ReplayResult?, read: ReplayResult?) {
    let program = Program(try flow.closure())
    var events: [(type: String, data: [UInt8])] = []
    var results: (ReplayResult?, ReplayResult?)
    try withTemporaryLog { log in
      var driver = TestDriver(answers: flow.answers)
      try Recorder(log).run(program, try flow.header(savesValues: savesValues), &driver)
      events = try log.events(of: .execution("e-1")).map { ($0.type, $0.data) }
      if withValues { results = try Self.results(in: log, program) }
    }
    let recorded = events.map(\.data)
    alter(&events)
    guard !withValues || events.map(\.data) != recorded else { return results }
    try withTemporaryLog { log in
      let drafts = events.map { event in
        EventStore.EventDraft(
          type: event.type,
          source: Array("auditcli".utf8),
          stream: .execution("e-1"),
          data: event.data
        )
      }
      try log.append(AppendBatch(drafts))
      results = try Self.results(in: log, program)
    }
    return results
  }

  private static func results(
    in log: EventLog,
    _ program: Program
  ) throws -> (ReplayResult?, ReplayResult?) {
    (
      try Replayer.replay("e-1", in: log) { _ in program },
      try RecordingReader(log).recording(of: "e-1").map { Replayer.replay($0, program) }
    )
  }

  @Test(arguments: RecordedFlow.all)
  func `a recording in the log is identical, as it is once it is read`(
    _ flow: RecordedFlow
  ) throws {
    let (stored, read) = try Self.replays(of: flow)
    #expect(stored == read)
    #expect(stored?.outcome == .identical)
    #expect((stored?.stepCount ?? 0) > 0)
  }

  @Test func `a recording of digests is skipped`() throws {
    let (stored, read) = try Self.replays(of: .effect, savesValues: false)
    #expect(stored == read)
    #expect(stored?.skipReason == .digestsOnly)
  }

  @Test func `a recording whose long values are gone is skipped`() throws {
    let long = Value.text(Text(String(repeating: "long ", count: 200)))
    var flow = RecordedFlow.effect
    flow.trigger = .call(arguments: ["who": long])
    let (stored, read) = try Self.replays(of: flow, withValues: false)
    #expect(stored == read)
    #expect(stored?.skipReason == .redacted)
  }

  @Test func `a recording without its end is running`() throws {
    let (stored, read) = try Self.replays(of: .effect) { $0.removeLast() }
    #expect(stored == read)
    #expect(stored?.skipReason == .running)
  }

  @Test func `a recording with white space says the same`() throws {
    let (stored, read) = try Self.replays(of: .effect) { events in
      for place in events.indices { events[place].data.append(UInt8(ascii: "\n")) }
    }
    #expect(stored == read)
    #expect(stored?.outcome == .identical)
  }

  @Test func `an event of a type that is none of a recording changes nothing`() throws {
    let (stored, read) = try Self.replays(of: .effect) { events in
      events.insert(("note.added", Array("{}".utf8)), at: 1)
    }
    #expect(stored == read)
    #expect(stored?.outcome == .identical)
  }

  @Test func `an event that does not read is told of with its position`() throws {
    #expect(throws: RecordingError.malformed(at: Position(2), reason: "it is no JSON")) {
      _ = try Self.replays(of: .effect) { $0[2].data = Array("{\"execution\":".utf8) }
    }
  }

  @Test func `an execution that the log does not have has no result`() throws {
    let program = Program(try RecordedFlow.effect.closure())
    try withTemporaryLog { log in
      let result = try Replayer.replay("nobody", in: log) { _ in program }
      #expect(result == nil)
    }
  }
}
