import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// Which events a new version would start from, and which executions a filter means.
@Suite struct NewStartsTests {
  private static func fixture(_ name: String) throws -> Flow {
    let bytes = try Fixtures.bytes("flows/\(name).flopack")
    let pack = try FlowPack.load(bytes, source: name)
    return try #require(
      pack.flows.first { flow in
        if case .connectorEvent = flow.trigger { true } else { false }
      }
    )
  }

  @Test func `a version that waits for another event would start from its events`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/system-log.ndjson")
      let activated = try Self.fixture("user-activated")
      let added = try Self.fixture("user-added-to-group")
      let found = try NewStarts(audited.log, old: activated, new: added).find()
      #expect(found.count == 7)
      #expect(found.examples.count == 3)
      #expect(found.examples.allSatisfy { $0.type == "group.user_membership.add" })
      #expect(try NewStarts(audited.log, old: added, new: activated).find().count == 5)
      #expect(try NewStarts(audited.log, old: added, new: added).find().count == 0)
    }
  }

  @Test func `an endpoint waits for no event`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/system-log.ndjson")
      let bytes = try Fixtures.bytes("flows/google-form.flopack")
      let endpoint = try #require(try FlowPack.load(bytes, source: "form").flows.first)
      let activated = try Self.fixture("user-activated")
      #expect(try NewStarts(audited.log, old: activated, new: endpoint).find().count == 0)
      #expect(try NewStarts(audited.log, old: endpoint, new: activated).find().count == 5)
    }
  }

  @Test func `a filter limits them to the events that it matches`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/system-log.ndjson")
      let activated = try Self.fixture("user-activated")
      let added = try Self.fixture("user-added-to-group")
      let starts = NewStarts(audited.log, old: activated, new: added)
      let all = try starts.find()
      let first = try #require(all.examples.first?.id)
      var query = SearchQuery()
      query.filter = try Filter("uuid eq \"\(first)\"")
      let chosen = try TriggerSelection(query, in: audited.log)
      #expect(try starts.find(among: chosen).examples == [try #require(all.examples.first)])
    }
  }

  @Test func `times limit them to the events that happened then`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/system-log.ndjson")
      let starts = NewStarts(
        audited.log,
        old: try Self.fixture("user-activated"),
        new: try Self.fixture("user-added-to-group")
      )
      let all = try starts.find()
      let first = try #require(all.examples.first)
      let time = try #require(try audited.log.event(at: first.position)?.timestamp)
      let before = try starts.find(at: .min..<time)
      let since = try starts.find(at: time ..< .max)
      #expect(since.examples.contains(first))
      #expect(!before.examples.contains(first))
      #expect(before.count + since.count == all.count)
      #expect(try starts.find(at: time..<time).count == 0)
    }
  }

  @Test func `a delivery is chosen by the events that it brought`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/breached-credential-deliveries.ndjson")
      var query = SearchQuery()
      query.filter = try Filter("eventType sw \"security.breached\"")
      let chosen = try TriggerSelection(query, in: audited.log)
      let deliveries = try audited.positions(of: "inbound.okta-event-hook")
      #expect(!deliveries.isEmpty)
      #expect(try deliveries.contains(where: chosen.contains))
    }
  }

  @Test func `an event that no longer starts the flow is a proven change of the start`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/system-log.ndjson")
      let activated = try Self.fixture("user-activated")
      let added = try Self.fixture("user-added-to-group")
      let starts = try NewStarts(audited.log, old: activated, new: added).find()
      let position = try #require(starts.examples.first).position
      let cause = RecordedCause(position: position, id: "x", type: "y", actor: "z")
      let lost = LostStarts(audited.log, old: added, new: activated)
      let result = try #require(try lost.result(of: "e-1", startedBy: cause))
      #expect(result.verdict == .changed)
      #expect(result.proof == .proven)
      #expect(result.changes.map(\.kind) == [.wouldNotStart])
      #expect(try lost.result(of: "e-1", startedBy: nil) == nil)
      let same = LostStarts(audited.log, old: added, new: added)
      #expect(try same.result(of: "e-1", startedBy: cause) == nil)
      let byHand = LostStarts(audited.log, old: activated, new: added)
      #expect(try byHand.result(of: "e-1", startedBy: cause) == nil)
    }
  }
}
