import Audit
import EventStore
import Testing
import Values

@Suite struct EventLookupTests {
  private func position(_ name: String, in audited: AuditedLog) throws -> Position {
    try EventLookup(audited.log).event(name).position
  }

  @Test func `an entry, a delivery and a message are found by position and by id`() throws {
    try AuditedLog.with { audited in
      try audited.ingest(
        "events/breached-credential-deliveries.ndjson",
        "events/system-log.ndjson",
        "events/slack-message.json"
      )
      var events: [(id: String, position: Position)] = []
      try audited.log.read(Position(0)..<Position(try audited.log.size().count)) { event in
        events.append((String(decoding: event.attributes.id, as: UTF8.self), event.position))
        return true
      }
      events.removeAll(where: \.id.isEmpty)
      #expect(events.count > 60)
      for event in events {
        #expect(try position(event.id, in: audited) == event.position)
        #expect(try position("\(event.position)", in: audited) == event.position)
      }
    }
  }

  @Test func `of an event and its conflicts the first is meant`() throws {
    try AuditedLog.with { audited in
      let first = try audited.append("inbound.json", ["a": 1], id: "e-1")
      try audited.append("inbound.json", ["a": 2], id: "e-1")
      #expect(try position("e-1", in: audited) == first)
    }
  }

  @Test func `what is not there is named`() throws {
    try AuditedLog.with { audited in
      try audited.append("inbound.json", ["a": 1], id: "e-1")
      #expect(throws: EventLookupError.unknown("e-2")) { try position("e-2", in: audited) }
      #expect(throws: EventLookupError.pastEnd(Position(7))) { try position("7", in: audited) }
    }
  }

  @Test func `an id that two senders use is told with its positions`() throws {
    try AuditedLog.with { audited in
      for host in ["a", "b"] {
        var draft = EventDraft(
          type: "inbound.json",
          source: Array("https://\(host).example.com".utf8),
          stream: StreamID("origin-\(host)"),
          data: Array("{}".utf8)
        )
        draft.id = Array("e-1".utf8)
        draft.identity = .sourceAndID
        try audited.log.append(AppendBatch([draft]))
      }
      let both = [Position(0), Position(1)]
      #expect(throws: EventLookupError.ambiguous("e-1", candidates: both)) {
        try position("e-1", in: audited)
      }
    }
  }
}
