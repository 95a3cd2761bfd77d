import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct RecorderTests {
  @Test(arguments: RecordedFlow.all)
  func `what the log gives back is what the run was`(_ flow: RecordedFlow) throws {
    try withTemporaryLog { log in
      let header = try flow.header()
      var driver = TestDriver(answers: flow.answers)
      try Recorder(log).run(Program(try flow.closure()), header, &driver)
      var read = try #require(try RecordingReader(log).recording(of: header.execution))
      #expect(read.isFinished)
      #expect(read.isReplayable)
      read.positions = nil
      #expect(read == (try flow.inMemory(header)))
    }
  }

  @Test(arguments: RecordedFlow.all)
  func `a request has the hash of the value that it is read as`(_ flow: RecordedFlow) throws {
    let recording = try flow.inMemory(try flow.header())
    for request in recording.steps.flatMap(\.requests) {
      #expect(request.hash == RequestHash(request.request), "\(request.request)")
    }
  }

  @Test(arguments: RecordedFlow.all)
  func `nothing long stands in an event`(_ flow: RecordedFlow) throws {
    try withTemporaryLog { log in
      let header = try flow.header()
      var driver = TestDriver(answers: flow.answers)
      try Recorder(log).run(Program(try flow.closure()), header, &driver)
      for event in try log.events(of: .execution("e-1")) {
        #expect(event.data.count < 4 * 512, "\(event.type)")
      }
    }
  }

  @Test func `events stand in order of happening, a request before its step`() throws {
    try withTemporaryLog { log in
      let flow = RecordedFlow.effect
      var driver = TestDriver(answers: flow.answers)
      try Recorder(log).run(Program(try flow.closure()), try flow.header(), &driver)
      let events = try log.events(of: .execution("e-1"))
      #expect(
        events.map(\.type) == [
          "execution.started", "step.completed", "step.requested", "step.completed",
          "step.requested", "step.completed", "execution.finished",
        ]
      )
      #expect(events.dropFirst().allSatisfy { $0.cause == events[0].position })
      #expect(events.allSatisfy { $0.attributes.correlation == Array("e-1".utf8) })
    }
  }

  @Test func `a run that is cut off leaves the request that may have been sent`() throws {
    try withTemporaryLog { log in
      let flow = RecordedFlow.effect
      var run = RecordingRun(
        Program(try flow.closure()),
        header: try flow.header(),
        log: log
      )
      guard case .needs(let request) = try run.start() else {
        Issue.record("the run asks for nothing")
        return
      }
      try run.announce(request)
      // The process ends here, before the answer is recorded.
      let read = try #require(try RecordingReader(log).recording(of: "e-1"))
      #expect(!read.isFinished)
      #expect(read.openRequests.map(\.path) == ["read"])
      #expect(read.openRequests.first?.request == RecordedRequest(request))
      #expect(read.steps.map(\.path) == ["start"])
    }
  }

  @Test func `an execution is recorded once`() throws {
    try withTemporaryLog { log in
      let flow = RecordedFlow.pure
      let program = Program(try flow.closure())
      var driver = TestDriver(answers: [:])
      try Recorder(log).run(program, try flow.header(), &driver)
      #expect(throws: RecordingError.exists(execution: "e-1")) {
        try Recorder(log).run(program, try flow.header(), &driver)
      }
    }
  }

  @Test func `a flow that keeps no values leaves digests and is not replayable`() throws {
    try withTemporaryLog { log in
      let flow = RecordedFlow.effect
      var driver = TestDriver(answers: flow.answers)
      try Recorder(log).run(
        Program(try flow.closure()),
        try flow.header(savesValues: false),
        &driver
      )
      for event in try log.events(of: .execution("e-1")) {
        #expect(!String(decoding: event.data, as: UTF8.self).contains("Ada"))
      }
      let read = try #require(try RecordingReader(log).recording(of: "e-1"))
      #expect(!read.isReplayable)
      #expect(read.missingValues > 0)
      #expect(read.steps.map(\.status) == [.succeeded, .succeeded, .succeeded])
    }
  }

  @Test func `long runs go into many batches`() throws {
    try withTemporaryLog { log in
      let events: [Value] = (0..<600).map { ["uuid": .text(Text("u-\($0)")), "eventType": "x"] }
      let flow = RecordedFlow(
        name: "",
        flows: RecordedFlow.loop.flows,
        trigger: .call(arguments: ["events": .list(events)])
      )
      var driver = TestDriver(answers: [:])
      try Recorder(log).run(Program(try flow.closure()), try flow.header(), &driver)
      var read = try #require(try RecordingReader(log).recording(of: "e-1"))
      #expect(read.executions.count == 601)
      read.positions = nil
      #expect(read == (try flow.inMemory(try flow.header())))
    }
  }

  @Test func `the items of a list say which events they carry`() throws {
    let recording = try RecordedFlow.loop.inMemory(try RecordedFlow.loop.header())
    #expect(recording.executions.map(\.carries) == [["u-1", "u-2"], ["u-1"], ["u-2"]])
  }

  @Test func `an id is written as uuids are`() {
    #expect(
      ExecutionID.text(of: Array(0..<16)) == "00010203-0405-0607-0809-0a0b0c0d0e0f"
    )
  }
}
