import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// What the cards of a recording prove without running it, and that running it says the same.
@Suite struct UnaffectedTests {
  /// Of one kind of edit, how many versions there were, and how many of their results needed no run.
  private struct Count {
    var versions = 0
    var proven = 0
    var run = 0

    mutating func compare(_ flow: EditedFlow, with closure: FlowClosure, _ note: String) {
      let differ = Differ(old: flow.program, new: Program(closure))
      versions += 1
      for recording in flow.recordings {
        guard let fast = differ.unaffected(RecordingOutline(recording)) else {
          run += 1
          continue
        }
        proven += 1
        let full = differ.diff(recording)
        #expect(
          JSON.serialize(fast.value) == JSON.serialize(full.value),
          "\(flow.name), \(note), \(recording.root.execution): \(JSON.text(full.value))"
        )
      }
    }
  }

  private static let ordinary: [FlowEdits.Kind] = [
    .input, .rewire, .reorder, .add, .delete, .rename,
  ]

  @Test(arguments: ordinary)
  func `what is proven without running is what running says, over seeded edits`(
    _ kind: FlowEdits.Kind
  ) throws {
    var edits = FlowEdits(SplitMix64(forTest: "unaffected recordings, \(kind)"))
    var count = Count()
    let everything = try EditedFlow.everything()
    let flows = try EditedFlow.fixtures() + Array(repeating: everything, count: 12)
    for round in 0..<5 {
      for flow in flows {
        guard let closure = edits.edited(flow, kind) else { continue }
        count.compare(flow, with: closure, "round \(round)")
      }
    }
    print("\(kind): \(count.versions) versions, \(count.proven) proven, \(count.run) run")
    #expect(count.versions >= 40)
    #expect(count.proven >= 20, "the analysis proves nothing")
    #expect(count.run >= 20, "the edits touch nothing")
  }

  @Test func `a version proves every recording of itself`() throws {
    for flow in try EditedFlow.fixtures() + [EditedFlow.everything()] {
      let differ = Differ(old: flow.program, new: flow.program)
      for recording in flow.recordings {
        let result = differ.unaffected(RecordingOutline(recording))
        #expect(result?.verdict == .identical, "\(flow.name)")
        #expect(result?.proof == .proven)
      }
    }
  }

  private static func arms(_ text: Value, id: String = "main") -> [FlowBuilder] {
    var main = FlowBuilder(id)
    main.card("start", "control:callable", outputs: ["level"])
    main.ifElse(
      "if",
      [
        "left-operand": .wire("start.level"), "operator": .constant("=="),
        "right-operand": .constant("HIGH"),
      ],
      whenTrue: { $0.card("urgent", "slack:send", ["Message/Text": .constant(text)]) },
      whenFalse: { $0.card("calm", "slack:send", ["Message/Text": .constant("-")]) }
    )
    return [main]
  }

  @Test func `an edit in one arm spares the runs through the other`() throws {
    func outline(_ level: Value) throws -> (Differ, RecordingOutline) {
      let versions = try Versions(
        Self.arms("a"),
        Self.arms("b"),
        trigger: .call(arguments: ["level": level])
      )
      return (versions.differ, RecordingOutline(versions.recording))
    }
    let (differ, low) = try outline("LOW")
    #expect(differ.unaffected(low)?.verdict == .identical)
    let (_, high) = try outline("HIGH")
    #expect(differ.unaffected(high) == nil)
  }

  @Test(arguments: ["control:spawn", "control:run"], ["LOW", "HIGH"])
  func `an edit in a helper spares the runs that do not come to it`(
    _ call: String,
    _ level: String
  ) throws {
    func flows(_ text: Value) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("go", "control:callable", outputs: ["level"])
      main.card("call", call, ["flo:flo": .flow("helper"), "level": .wire("go.level")])
      return [main] + Self.arms(text, id: "helper")
    }
    let trigger = Trigger.call(arguments: ["level": .text(Text(level))])
    let versions = try Versions(flows("a"), flows("b"), trigger: trigger)
    let result = versions.differ.unaffected(RecordingOutline(versions.recording))
    #expect((result != nil) == (level == "LOW"))
    #expect(versions.diff().verdict == (level == "LOW" ? .identical : .changed))
  }

  @Test func `a helper that held a comment alone and holds more touches its callers`() throws {
    func flows(_ helper: FlowBuilder) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("go", "control:callable")
      main.card("call", "control:spawn", ["flo:flo": .flow("helper")])
      return [main, helper]
    }
    var empty = FlowBuilder("helper")
    empty.card("note", "control:comment")
    var filled = empty
    filled.card("send", "slack:send", ["Message/Text": .constant("new")])
    let versions = try Versions(flows(empty), flows(filled))
    #expect(versions.differ.unaffected(RecordingOutline(versions.recording)) == nil)
    #expect(versions.diff().verdict == .changed)
  }

  @Test func `another engine, other cards or a broken-off recording prove nothing`() throws {
    let program = try RunInMemory.program(Self.arms("a"))
    let differ = Differ(old: program, new: program)
    let recording = RunInMemory.record(program)
    #expect(differ.unaffected(RecordingOutline(recording)) != nil)
    let other = RunInMemory.record(program, engine: "0")
    #expect(differ.unaffected(RecordingOutline(other)) == nil)
    let digests = RunInMemory.record(program, savesValues: false)
    #expect(differ.unaffected(RecordingOutline(digests)) == nil)
    let ownCards = Differ(old: program, new: program, cards: .standard)
    #expect(ownCards.unaffected(RecordingOutline(recording)) == nil)
  }

  @Test func `a card added behind the last one touches those that come to the end`() throws {
    var old = FlowBuilder("main")
    old.card("start", "control:callable", outputs: ["level"])
    old.card("a", "slack:send", ["Message/Text": .constant("1")])
    var new = old
    new.card("b", "slack:send", ["Message/Text": .constant("2")])
    let versions = try Versions([old], [new])
    #expect(versions.differ.unaffected(RecordingOutline(versions.recording)) == nil)
    let failed = try Versions([old], [new]) { _ in .notFound }
    #expect(failed.differ.unaffected(RecordingOutline(failed.recording)) == nil)
  }

  @Test func `a comment that comes to stand first takes what a flow is given`() throws {
    func flows(_ cards: [String]) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      for card in cards {
        main.card(card, card == "note" ? "control:comment" : "control:callable", outputs: ["who"])
      }
      main.card("mail", "mail:sendEmail", ["Email/To": .wire("start.who")])
      return [main]
    }
    let versions = try Versions(
      flows(["start", "note"]),
      flows(["note", "start"]),
      trigger: .call(arguments: ["who": "ada@example.com"])
    )
    #expect(versions.diff().verdict != .identical)
    #expect(versions.differ.unaffected(RecordingOutline(versions.recording)) == nil)
  }

  @Test func `a reader of a table that is written differently is run`() throws {
    func flows(_ text: Value, table: Value) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable", outputs: ["level"])
      main.card("read", "stash:searchRows2", ["parameters/stash": .constant("t1")])
      main.ifElse(
        "if",
        [
          "left-operand": .wire("start.level"), "operator": .constant("=="),
          "right-operand": .constant("HIGH"),
        ],
        whenTrue: { flow in
          flow.card(
            "write",
            "stash:createRow",
            ["parameters/stash": .constant(table), "Row/Text": .constant(text)]
          )
        },
        whenFalse: { _ in }
      )
      return [main]
    }
    for (table, isSpared) in [("t1", false), ("t2", true)] as [(Value, Bool)] {
      let versions = try Versions(flows("a", table: table), flows("b", table: table))
      let result = versions.differ.unaffected(RecordingOutline(versions.recording))
      #expect((result != nil) == isSpared)
      #expect(versions.diff().verdict == .identical)
    }
  }

  @Test(arguments: RecordedFlow.all)
  func `an outline read from the log is that of the recording`(_ flow: RecordedFlow) throws {
    for savesValues in [true, false] {
      try withTemporaryLog { log in
        let header = try flow.header(savesValues: savesValues)
        var driver = TestDriver(answers: flow.answers)
        try Recorder(log).run(Program(try flow.closure()), header, &driver)
        let recording = try #require(try RecordingReader(log).recording(of: header.execution))
        let outline = try RecordingOutlineReader(log).outline(of: header.execution)
        #expect(outline == RecordingOutline(recording))
        #expect(outline?.isWhole == savesValues)
        let told = recording.executions.compactMap { $0.end?.cards }
        #expect(told.map(Set.init) == (savesValues ? [outline?.cards] : []))
      }
    }
  }

  @Test func `a recording that was cut off is not whole`() throws {
    try withTemporaryLog { log in
      let flow = RecordedFlow.effect
      var run = RecordingRun(Program(try flow.closure()), header: try flow.header(), log: log)
      guard case .needs(let request) = try run.start() else {
        Issue.record("the run asks for nothing")
        return
      }
      try run.announce(request)
      #expect(try RecordingOutlineReader(log).outline(of: "e-1")?.isWhole == false)
      #expect(try RecordingOutlineReader(log).outline(of: "nobody") == nil)
    }
  }
}
