import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct RecordingGroupTests {
  @Test(arguments: [1, 2, 5, 64])
  func `runs leave in a group what they leave alone`(limit: Int) throws {
    let runs = try Run.some(20)
    var alone: [Text: [StoredEvent]] = [:]
    try withTemporaryLog { log throws in
      for run in runs {
        var driver = run.driver
        try Recorder(log).run(run.program, run.header, &driver)
        alone[run.header.execution] = try StoredEvent.all(run.header, log)
      }
    }
    try withTemporaryLog { log throws in
      let ended = Run.record(runs, in: log, limit: limit)
      #expect(ended.map(\.execution) == runs.map(\.header.execution))
      for (run, end) in zip(runs, ended) {
        #expect(try end.outcome.get().end.id == run.header.execution)
        #expect(try StoredEvent.all(run.header, log) == alone[run.header.execution])
      }
    }
  }

  @Test func `the same runs leave the same log`() throws {
    var roots: Set<[UInt8]> = []
    for _ in 0..<2 {
      try withTemporaryLog { log throws in
        _ = Run.record(try Run.some(40), in: log, limit: 7)
        roots.insert(try Array(log.size().root))
      }
    }
    #expect(roots.count == 1)
  }

  @Test func `a request is answered only when the log has it`() throws {
    try withTemporaryLog { log throws in
      let flow = RecordedFlow.effect
      let program = Program(try flow.closure())
      var group = RecordingGroup<LookingDriver>(log, limit: 4)
      var ended: [RecordingGroup<LookingDriver>.Ended] = []
      for number in 0..<9 {
        let header = try flow.header(execution: Text("e-\(number)"))
        ended += group.add(program, header, LookingDriver(log: log, answers: flow.answers))
      }
      ended += group.finish()
      #expect(ended.map(\.driver.found) == Array(repeating: 2, count: 9))
    }
  }

  @Test func `many runs share a commit`() throws {
    try withTemporaryLog { log throws in
      let flow = RecordedFlow.pure
      let program = Program(try flow.closure())
      var group = RecordingGroup<TestDriver>(log)
      for number in 0..<100 {
        let header = try flow.header(execution: Text("e-\(number)"))
        #expect(group.add(program, header, TestDriver(answers: [:])).isEmpty)
      }
      #expect(try log.size().count == 0)
      #expect(group.finish().count == 100)
      // The clock of the log ticks with each commit.
      let times = try (0..<100).map { number in
        try log.events(of: .execution(Text("e-\(number)")))[0].recordedTime
      }
      #expect(Set(times).count == 1)
    }
  }

  @Test func `an execution that is there already keeps no other from being recorded`() throws {
    try withTemporaryLog { log throws in
      let flow = RecordedFlow.effect
      let program = Program(try flow.closure())
      var driver = TestDriver(answers: flow.answers)
      try Recorder(log).run(program, try flow.header(execution: "e-2"), &driver)
      var group = RecordingGroup<TestDriver>(log)
      var ended: [RecordingGroup<TestDriver>.Ended] = []
      for number in 0..<5 {
        let header = try flow.header(execution: Text("e-\(number)"))
        ended += group.add(program, header, driver)
      }
      ended += group.finish()
      #expect(throws: RecordingError.exists(execution: "e-2")) { _ = try ended[2].outcome.get() }
      for place in [0, 1, 3, 4] {
        #expect(try ended[place].outcome.get().end.status == .succeeded)
        #expect(try log.events(of: .execution(ended[place].execution)).count == 7)
      }
    }
  }

  @Test func `a run that nobody answers fails alone`() throws {
    try withTemporaryLog { log throws in
      let flow = RecordedFlow.effect
      let closure = try flow.closure()
      let program = Program(closure)
      let ambient = AmbientSources(
        now: { Instant(milliseconds: 1) },
        random: { _ in [] },
        newID: { "" },
        zones: ZoneDatabase { _ in nil }
      )
      let driver = LocalDriver(program, closure: closure, ambient: ambient)
      var group = RecordingGroup<LocalDriver>(log)
      var ended = group.add(program, try flow.header(execution: "e-1"), driver)
      ended += group.finish()
      #expect(throws: DriverError.self) { _ = try ended[0].outcome.get() }
      let read = try #require(try RecordingReader(log).recording(of: "e-1"))
      #expect(read.end?.status == .failed)
    }
  }

  @Test func `a run that nobody goes on answering ends in the log`() throws {
    try withTemporaryLog { log throws in
      let flow = RecordedFlow.effect
      let program = Program(try flow.closure())
      var group = RecordingGroup<FirstAnswerDriver>(log)
      var ended: [RecordingGroup<FirstAnswerDriver>.Ended] = []
      for number in 0..<3 {
        let header = try flow.header(execution: Text("e-\(number)"))
        ended += group.add(program, header, FirstAnswerDriver())
      }
      ended += group.finish()
      for run in ended {
        #expect(throws: DriverError.self) { _ = try run.outcome.get() }
        let read = try #require(try RecordingReader(log).recording(of: run.execution))
        #expect(read.end?.status == .failed)
        #expect(read.steps.map(\.path) == ["start", "read"])
      }
    }
  }
}

/// Answers one request, and nobody the next.
private struct FirstAnswerDriver: Driver {
  private var answered = 0

  mutating func reach(of request: EffectRequest) throws -> EffectReach {
    guard answered == 0 else {
      throw DriverError.noService(card: "send", path: request.path, reason: "it is gone")
    }
    return .outside
  }

  mutating func answer(_ request: EffectRequest) -> EffectReply {
    answered += 1
    return EffectReply(.outputs(ConnectorAnswer(outputs: ["User/Name": "Ada"])))
  }

  mutating func refresh() {}
}

/// A run of one of the flows that between them have every shape of recorded value.
private struct Run {
  let program: Program
  let header: RecordingHeader
  let driver: TestDriver

  /// Runs of all the flows in turn.
  static func some(_ count: Int) throws -> [Run] {
    try (0..<count).map { number in
      let flow = RecordedFlow.all[number % RecordedFlow.all.count]
      return Run(
        program: Program(try flow.closure()),
        header: try flow.header(execution: Text("e-\(number)")),
        driver: TestDriver(answers: flow.answers)
      )
    }
  }

  static func record(
    _ runs: [Run],
    in log: EventLog,
    limit: Int
  ) -> [RecordingGroup<TestDriver>.Ended] {
    var group = RecordingGroup<TestDriver>(log, limit: limit)
    var ended: [RecordingGroup<TestDriver>.Ended] = []
    for run in runs { ended += group.add(run.program, run.header, run.driver) }
    return ended + group.finish()
  }
}

/// What of a recording's event does not depend on where it stands.
private struct StoredEvent: Hashable {
  let type: String
  let version: UInt32
  let data: [UInt8]
  let subject: [UInt8]
  let actor: [UInt8]
  let correlation: [UInt8]
  /// Which event of the recording is its cause.
  let cause: Int?

  static func all(_ header: RecordingHeader, _ log: EventLog) throws -> [StoredEvent] {
    let events = try log.events(of: .execution(header.execution))
    return events.map { event in
      StoredEvent(
        type: event.type,
        version: event.version,
        data: event.data,
        subject: event.attributes.subject,
        actor: event.attributes.actor,
        correlation: event.attributes.correlation,
        cause: event.cause.flatMap { cause in events.firstIndex { $0.position == cause } }
      )
    }
  }
}

/// Counts the requests that the log has when they are to be answered.
private struct LookingDriver: Driver {
  let log: EventLog
  let answers: [String: Answer]
  private(set) var found = 0

  mutating func reach(of request: EffectRequest) -> EffectReach { .outside }

  mutating func answer(_ request: EffectRequest) throws -> EffectReply {
    let last = try log.events(of: .execution(request.execution)).last
    let data = String(decoding: last?.data ?? [], as: UTF8.self)
    let isThere = data.contains("\"ordinal\":\(request.ordinal)")
    if last?.type == "step.requested", isThere { found += 1 }
    var driver = TestDriver(answers: answers)
    return driver.answer(request)
  }

  mutating func refresh() {}
}
