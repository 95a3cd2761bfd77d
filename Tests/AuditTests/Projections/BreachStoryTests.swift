import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// The story of the fixtures: deliveries about breached credentials, and the flow that warns people.
@Suite struct BreachStoryTests {
  private func story(_ body: (AuditedLog, [Position]) throws -> Void) throws {
    try AuditedLog.with { audited in
      try audited.ingest(
        "events/breached-credential-deliveries.ndjson",
        "events/breached-credential-twin.ndjson"
      )
      let closure = try AuditedLog.fixture("breached-password-v1.flopack")
      let script = try AuditedLog.demoScript()
      let deliveries = try audited.positions(of: "inbound.okta-event-hook")
      for (number, position) in deliveries.enumerated() {
        let event = try #require(try audited.log.event(at: position))
        let body = try #require(Text(utf8: event.data))
        try audited.run(
          closure,
          .http(HTTPRequest(body: body)),
          cause: position,
          id: Text("run-\(number + 1)"),
          script: script
        )
      }
      try body(audited, deliveries)
    }
  }

  @Test func `each user's alert says whether the flow handled it`() throws {
    try story { audited, _ in
      let alerts = try AlertView(audited.log).alerts().reversed()
      #expect(
        alerts.map { "\($0.user) \($0.severity) \($0.status)" } == [
          "mara.lindqvist@example.com high handled", "tomas.okafor@example.com medium handled",
          "ines.hartmann@example.com high seen", "joon.park@example.com low handled",
          "ines.hartmann@example.com medium seen", "lena.moreau@example.com low handled",
        ]
      )
    }
  }

  @Test func `an alert is handled by the item of the loop, not by the whole delivery`() throws {
    try story { audited, _ in
      let alerts = try AlertView(audited.log).alerts()
      for alert in alerts where alert.handling == .handled {
        let handler = try #require(alert.handledBy)
        let entry = try #require(try HistoryView(audited.log).execution(handler))
        #expect(entry.index != nil)
        #expect(entry.status == "succeeded")
        #expect(entry.carries == alert.events.map(\.id))
        #expect(alert.latency != nil)
      }
    }
  }

  @Test func `the hook's and the API's copy of an event make one alert`() throws {
    try story { audited, _ in
      var query = AlertQuery()
      query.user = "mara.lindqvist@example.com"
      let alerts = try AlertView(audited.log).alerts(query)
      #expect(alerts.count == 1)
      #expect(alerts.first?.events.map(\.positions.count) == [2])
    }
  }

  @Test func `the history lists the runs, the latest first`() throws {
    try story { audited, deliveries in
      let entries = try HistoryView(audited.log).entries()
      #expect(
        entries.map(\.status) == [
          "succeeded", "failed", "failed", "succeeded", "succeeded", "succeeded",
        ]
      )
      #expect(entries.last?.trigger?.position == deliveries.first)
      #expect(entries.last?.flowName == "Breached credential")
      let failed = try #require(entries.first { $0.execution == "run-4" })
      #expect(failed.error?["kind"] == "Not Found")
      var query = HistoryQuery()
      query.status = .failed
      query.limit = 1
      #expect(try HistoryView(audited.log).entries(query).map(\.execution) == ["run-5"])
    }
  }

  @Test func `a breach leads down to the message, and the message up to the breach`() throws {
    try story { audited, deliveries in
      let tracer = Tracer(audited.log)
      let breach = "8b603439-e01b-4829-a778-f135ce007c0b" as Text
      let down = try tracer.trace(.eventID(breach), .down).edges
      #expect(down.contains { $0.kind == .carried })
      #expect(down.contains { $0.to == "effect:slack:sendDirectMessage2" })
      #expect(down.contains { $0.to == "effect:gmail:sendEmail2" })
      let step = try #require(down.first { $0.to == "effect:gmail:sendEmail2" }).from
      let parts = step.split(separator: "/")
      let execution = try #require(parts.first?.split(separator: ":").last)
      let path = Text.joined(Array(parts.dropFirst()), separator: "/")
      let up = try tracer.trace(.step(execution: execution, path: path), .up).edges
      #expect(up.contains { $0.from == Text("event:\(deliveries[0])") && $0.kind == .started })
      #expect(up.contains { $0.from == "actor:ada@host" })
      let root = try #require(try HistoryView(audited.log).execution(execution)?.root)
      #expect(root != execution)
      #expect(try tracer.trace(.step(execution: root, path: path), .up).edges == up)
      #expect(throws: TraceError.unknownStep(execution: execution, path: "nosuch")) {
        try tracer.trace(.step(execution: execution, path: "nosuch"), .up)
      }
    }
  }

  @Test(arguments: [
    (TraceStart.actor("mara.lindqvist@example.com"), "actor:mara.lindqvist@example.com"),
    (.address("192.0.2.14"), "ip:192.0.2.14"),
  ])
  func `all that somebody did is found by index`(_ start: TraceStart, _ from: String) throws {
    try story { audited, _ in
      let edges = try Tracer(audited.log).trace(start, .down).edges
      #expect(edges.contains { $0.from == Text(from) })
      #expect(edges.contains { $0.kind == .effect })
    }
  }

  @Test func `views rebuilt from the log are the same`() throws {
    try story { audited, _ in
      let live = (
        try audited.rows(HistoryProjection()), try audited.rows(AlertProjection()),
        try audited.rows(TableProjection())
      )
      try audited.log.rebuild()
      #expect(try audited.rows(HistoryProjection()) == live.0)
      #expect(try audited.rows(AlertProjection()) == live.1)
      #expect(try audited.rows(TableProjection()) == live.2)
    }
  }

  @Test func `a decision stands until there is new evidence`() throws {
    try story { audited, _ in
      let view = AlertView(audited.log)
      var query = AlertQuery()
      query.user = "ines.hartmann@example.com"
      let alert = try #require(try view.alerts(query).first)
      try audited.log.append(
        AppendBatch([
          AlertDecision.acknowledged.draft(alert: alert.id, note: "calling her", actor: "ada")
        ])
      )
      let decided = try #require(try view.alert(alert.id))
      #expect(decided.status == "acknowledged")
      #expect(decided.decisions.map(\.note) == ["calling her"])
      try audited.append(
        "inbound.okta-system-log",
        [
          "uuid": "new", "eventType": "security.breached_credential.detected",
          "published": "2026-09-16T20:00:00.000Z",
          "actor": ["id": .optional(alert.userID), "alternateId": .text(alert.user)],
        ],
        id: "new"
      )
      #expect(try view.alert(alert.id)?.status == "seen")
    }
  }
}

extension Value {
  fileprivate static func optional(_ text: Text?) -> Value { text.map { .text($0) } ?? .null }
}
