import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// The history tells which cards executions came to, and says what their recordings say.
@Suite struct VisitedCardsTests {
  /// A loop over a helper with two arms, and behind it a helper that runs when all else has ended.
  private static func flows() -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["items:list"])
    main.card("later", "control:run", ["flo:flo": .flow("last")])
    main.card(
      "loop",
      "list:each",
      ["list[]": .wire("start.items"), "flo:flo": .flow("helper"), "level": .item("")]
    )
    var helper = FlowBuilder("helper")
    helper.card("begin", "control:callable", outputs: ["level"])
    helper.ifElse(
      "if",
      [
        "left-operand": .wire("begin.level"), "operator": .constant("=="),
        "right-operand": .constant("HIGH"),
      ],
      whenTrue: { $0.card("urgent", "slack:send", ["Message/Text": .constant("now")]) },
      whenFalse: { $0.card("calm", "string:compose", ["_text_": .constant("later")]) }
    )
    var last = FlowBuilder("last")
    last.card("end", "control:callable")
    return [main, helper, last]
  }

  private static let sending = Array(
    #"{"answers": [{"connector": "slack", "method": "send", "outputs": {}}]}"#.utf8
  )

  private static func trigger(_ items: [Value]) -> Trigger {
    .call(arguments: ["items": .list(items)])
  }

  @Test(arguments: [[], ["LOW"], ["HIGH", "LOW"], ["LOW", "HIGH", "HIGH"]] as [[Value]])
  func `an outline told by the history is that of the recording`(_ items: [Value]) throws {
    try AuditedLog.with { audited in
      let closure = try AuditedLog.closure(Self.flows())
      let script = try ScriptedAnswers(Self.sending, source: "answers.json")
      try audited.run(closure, Self.trigger(items), id: "e-1", script: script)
      let entry = try #require(try HistoryView(audited.log).execution("e-1"))
      let told = try #require(try VisitedCards(audited.log).outline(of: entry))
      #expect(told == (try RecordingOutlineReader(audited.log).outline(of: "e-1")))
      #expect(told.isWhole)
      #expect(told.cards.contains("end"))
      #expect(told.cards.contains("calm") == items.contains("LOW"))
    }
  }

  @Test func `only whole roots are told of`() throws {
    try AuditedLog.with { audited in
      let closure = try AuditedLog.closure(Self.flows())
      try audited.run(closure, Self.trigger(["LOW"]), id: "whole")
      let header = RecordingHeader(
        execution: "cut off",
        version: FlowVersion(closure),
        mode: .local,
        input: Self.trigger(["HIGH"])
      )
      var run = RecordingRun(Program(closure), header: header, log: audited.log)
      if case .needs(let request) = try run.start() { try run.announce(request) }
      let visited = VisitedCards(audited.log)
      for entry in try HistoryView(audited.log).entries() {
        let outline = try visited.outline(of: entry)
        #expect((outline != nil) == (entry.execution == "whole"), "\(entry.execution)")
      }
    }
  }

  @Test func `executions that went the same way share a list`() throws {
    try AuditedLog.with { audited in
      let closure = try AuditedLog.closure(Self.flows())
      func rows() throws -> Int {
        try #require(try audited.log.views().first { $0.name == "history" }).rows
      }
      try audited.run(closure, Self.trigger(["LOW"]), id: "first")
      let first = try rows()
      try audited.run(closure, Self.trigger(["LOW"]), id: "second")
      #expect(try rows() == 2 * first - 1, "all rows but the list")
    }
  }

  @Test func `what the history tells proves nothing of another engine`() throws {
    try AuditedLog.with { audited in
      let closure = try AuditedLog.closure(Self.flows())
      let program = Program(closure)
      let differ = Differ(old: program, new: program)
      try audited.run(closure, Self.trigger(["LOW"]), id: "e-1")
      let entry = try #require(try HistoryView(audited.log).execution("e-1"))
      let told = try #require(try VisitedCards(audited.log).outline(of: entry))
      #expect(differ.unaffected(told)?.verdict == .identical)
      let other = RecordingOutline(
        execution: told.execution,
        hash: told.hash,
        engine: "another",
        cards: told.cards,
        isWhole: told.isWhole
      )
      #expect(differ.unaffected(other) == nil)
    }
  }
}
