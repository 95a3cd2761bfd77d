import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// Events that a delivery brings and the log has already, from the API or an earlier delivery.
@Suite struct DeliveredAgainTests {
  private static func delivery(_ id: Text, _ events: [Value]) -> Value {
    ["eventId": .text(id), "eventType": "com.okta.event_hook", "data": ["events": .list(events)]]
  }

  private static func notifying() throws -> FlowClosure {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable", outputs: ["events:object[]"])
    flow.card(
      "each",
      "list:each",
      ["list:object[]": .wire("start.events"), "flo:flo": .flow("one")]
    )
    var one = FlowBuilder("one")
    one.card("start", "control:callable", outputs: ["uuid", "eventType"])
    one.card("send", "slack:send")
    return try AuditedLog.closure([flow, one])
  }

  /// A breach by the API; then a delivery with it and, where there is one, another; the flow on both.
  private func story(_ more: [Value] = [], _ body: (AuditedLog, Position, Position) throws -> Void)
    throws
  {
    let event = AlertHandlingTests.breach("b-1")
    try AuditedLog.with { audited in
      let polled = try audited.append("inbound.okta-system-log", event, id: "b-1")
      let data = Self.delivery("d-1", [event] + more)
      let delivery = try audited.append("inbound.okta-event-hook", data, id: "d-1")
      try audited.run(
        try Self.notifying(),
        .call(arguments: ["events": .list([event] + more)]),
        cause: delivery,
        id: "e-1"
      )
      try body(audited, polled, delivery)
    }
  }

  @Test func `lead down to what the delivery started, and up from there`() throws {
    try story { audited, polled, delivery in
      let tracer = Tracer(audited.log)
      let down = try tracer.trace(.position(polled), .down).edges
      let carried = try #require(down.first)
      #expect(carried.from == Text("event:\(polled)") && carried.kind == .carried)
      #expect(down.contains { $0.to == "effect:slack:send" })
      let brought = try tracer.trace(.position(delivery), .down).edges
      #expect(brought.contains { $0.to == Text("event:\(polled)") && $0.kind == .brought })
      let item = Text(String(carried.to.description.dropFirst("execution:".count)))
      let up = try tracer.trace(.execution(item), .up).edges
      #expect(up.contains(carried))
      #expect(up.contains { $0.from == Text("event:\(delivery)") && $0.kind == .started })
    }
  }

  @Test func `are what a filter chooses the delivery's executions by`() throws {
    try story { audited, polled, delivery in
      var query = SearchQuery()
      query.filter = try Filter("actor.id co \"u-1\"")
      let chosen = try TriggerSelection(query, in: audited.log)
      #expect(try chosen.contains(polled))
      #expect(try chosen.contains(delivery))
      query.filter = try Filter("actor.id co \"u-2\"")
      let other = try TriggerSelection(query, in: audited.log)
      #expect(try !other.contains(delivery))
    }
  }

  @Test func `more than a thousand of one delivery are all found`() throws {
    let more = (2...1_200).map { AlertHandlingTests.breach(Text("b-\($0)")) }
    try AuditedLog.with { audited in
      for (number, event) in more.enumerated() {
        try audited.append("inbound.okta-system-log", event, id: "b-\(number + 2)")
      }
      let delivery = try audited.append(
        "inbound.okta-event-hook",
        Self.delivery("d-1", more),
        id: "d-1"
      )
      let trace = try Tracer(audited.log).trace(.position(delivery), .down)
      #expect(trace.edges.count == more.count && trace.isComplete)
      let cut = try Tracer(audited.log).trace(.position(delivery), .down, limit: 10)
      #expect(cut.edges == Array(trace.edges.prefix(10)) && !cut.isComplete)
    }
  }

  @Test func `a copy with other bytes is linked both ways`() throws {
    try AuditedLog.with { audited in
      let first = try audited.append(
        "inbound.okta-system-log",
        AlertHandlingTests.breach("b-1"),
        id: "b-1"
      )
      let copy = try audited.append(
        "inbound.okta-system-log",
        AlertHandlingTests.breach("b-1", day: "15"),
        id: "b-1"
      )
      let edge = TraceEdge(
        from: Text("event:\(first)"),
        to: Text("event:\(copy)"),
        kind: .conflicting
      )
      let tracer = Tracer(audited.log)
      #expect(try tracer.trace(.position(first), .down).edges == [edge])
      #expect(try tracer.trace(.position(copy), .up).edges.first == edge)
    }
  }
}
