import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct ObservedHistoryTests {
  static func entry(_ type: Text, _ second: Int, steps: Int? = nil) -> Value {
    var object: Object = [
      "execution_id": "x-1", "event_type": .text(type), "flow_id": "F", "flow_name": "Flow",
      "user_email": "ada@example.com", "root_execution_id": "x-1",
      "timestamp": .text(Text("2026-09-14T07:00:0\(second).000Z")),
    ]
    object["step_count"] = steps.map { .number(Double($0)) }
    return .object(object)
  }

  @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1], [0, 2, 1], [1, 0, 2]])
  func `start and end merge in any order of arrival`(_ order: [Int]) throws {
    let entries = [
      Self.entry("FLOW_START", 1), Self.entry("FLOW_PAUSED", 2),
      Self.entry("FLOW_COMPLETE", 3, steps: 9),
    ]
    try AuditedLog.with { audited in
      for place in order {
        try audited.append("inbound.okta-execution-log", entries[place], id: "x-1:\(place)")
      }
      let entry = try #require(try HistoryView(audited.log).execution("x-1"))
      #expect(entry.status == "succeeded")
      #expect(entry.mode == .observed)
      #expect(entry.steps == 9)
      #expect(entry.actor == "ada@example.com")
      #expect(entry.finished.map { $0 - entry.started } == 2_000)
      #expect(try HistoryView(audited.log).entries().count == 1)
    }
  }

  @Test(arguments: [[0, 1], [1, 0]])
  func `the earliest entry is what started it, whatever arrives first`(_ order: [Int]) throws {
    let entries = [Self.entry("FLOW_START", 1), Self.entry("FLOW_COMPLETE", 3)]
    try AuditedLog.with { audited in
      var places: [Int: Position] = [:]
      for place in order {
        let entry = entries[place]
        places[place] = try audited.append("inbound.okta-execution-log", entry, id: "x-1:\(place)")
      }
      let view = HistoryView(audited.log)
      let start = try #require(places[0])
      let end = try #require(places[1])
      #expect(try view.executions(startedBy: start).map(\.execution) == ["x-1"])
      #expect(try view.executions(startedBy: end).isEmpty)
      var query = HistoryQuery()
      query.trigger = start
      #expect(try view.entries(query).map(\.execution) == ["x-1"])
      let down = try Tracer(audited.log).trace(.position(start), .down).edges
      let edge = TraceEdge(from: Text("event:\(start)"), to: "execution:x-1", kind: .started)
      #expect(down == [edge])
    }
  }

  @Test func `a sender's execution never replaces one of ours`() throws {
    try AuditedLog.with { audited in
      var flow = FlowBuilder("main")
      flow.card("start", "control:callable")
      try audited.run(try AuditedLog.closure([flow]), .manual, id: "x-1")
      try audited.append("inbound.okta-execution-log", Self.entry("FLOW_FAILED", 1), id: "x-1")
      let entry = try #require(try HistoryView(audited.log).execution("x-1"))
      #expect(entry.mode == .local)
      #expect(entry.status == "succeeded")
    }
  }

  @Test func `Okta's own runs stand in the history with their helpers`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/execution-log.ndjson")
      let view = HistoryView(audited.log)
      let roots = try view.entries()
      #expect(roots.map(\.status) == ["failed", "succeeded"])
      let root = try #require(roots.last)
      #expect(try view.children(of: root.execution).map(\.flowName) == ["Warn one user"])
    }
  }
}
