import Audit
import EventStore
import TestSupport
import Testing

@Suite struct IngestTests {
  static func entry(_ id: String, type: String = "user.session.start", more: String = "") -> String
  {
    """
    {"uuid":"\(id)","eventType":"\(type)","published":"2026-01-02T03:04:05.678Z",\
    "actor":{"id":"00u1","alternateId":"ada@example.com"},"target":[\(more)]}
    """
  }

  static func delivery(_ id: String, _ events: [String]) -> String {
    """
    {"eventType":"com.okta.event_hook","eventId":"\(id)","cloudEventsVersion":"0.1",\
    "source":"https://acme.example.com/api/v1/eventHooks/who1",\
    "data":{"events":[\(events.joined(separator: ","))]}}
    """
  }

  func ingest(
    _ text: String,
    into log: EventLog,
    _ options: IngestOptions = IngestOptions()
  ) throws -> (report: IngestReport, rejected: [RejectedDocument]) {
    try withTemporaryFolder { folder in
      try write(text, to: folder + "/events")
      var rejected: [RejectedDocument] = []
      let report = try Ingest(into: log, options).run([folder + "/events"]) { rejected.append($0) }
      return (report, rejected)
    }
  }

  @Test func `events stand in the log with what they say of themselves`() throws {
    try withTemporaryLog { log in
      let options = IngestOptions(origin: "https://ACME.example.com/")
      #expect(try ingest(Self.entry("e1"), into: log, options).report.appended == 1)
      let event = try #require(try log.event(at: Position(1)))
      #expect(event.type == "inbound.okta-system-log")
      #expect(String(decoding: event.attributes.id, as: UTF8.self) == "e1")
      #expect(
        String(decoding: event.attributes.source, as: UTF8.self) == "https://acme.example.com"
      )
      #expect(event.attributes.stream.description == "origin-https://acme.example.com")
      #expect(String(decoding: event.attributes.actor, as: UTF8.self) == "ada@example.com")
      #expect(String(decoding: event.attributes.time, as: UTF8.self) == "2026-01-02T03:04:05.678Z")
      #expect(event.timestamp == 1_767_323_045_678)
      #expect(event.data == Array(Self.entry("e1").utf8))
    }
  }

  @Test func `the first origin that is given becomes the store's default`() throws {
    try withTemporaryLog { log in
      let settings = StoreSettings(log)
      #expect(try settings.defaultOrigin() == nil)
      let unknown = try ingest(Self.entry("e1"), into: log).report
      #expect(unknown.withoutOrigin == 1)
      for origin in ["https://one.example.com", "https://two.example.com"] {
        _ = try ingest(Self.entry("e2"), into: log, IngestOptions(origin: origin))
      }
      #expect(try settings.defaultOrigin() == Array("https://one.example.com".utf8))
      let known = try ingest(Self.entry("e3"), into: log).report
      #expect(known.withoutOrigin == 0)
      let event = try #require(try log.event(at: known.last ?? Position(.max)))
      #expect(event.attributes.source == Array("https://one.example.com".utf8))
    }
  }

  @Test func `the same bytes again are duplicates, other bytes a conflict`() throws {
    try withTemporaryLog { log in
      let text = [Self.entry("e1"), Self.entry("e2"), Self.entry("e1")].joined(separator: "\n")
      let first = try ingest(text, into: log).report
      #expect((first.appended, first.duplicates, first.conflicting) == (2, 1, 0))
      let other = try ingest(Self.entry("e1", more: "{}") + "\n" + text, into: log).report
      #expect((other.appended, other.duplicates, other.conflicting) == (0, 3, 1))
      let conflict = try #require(try log.event(at: other.first ?? Position(.max)))
      #expect(conflict.type == Event.conflictingType)
      #expect(conflict.conflictsWith == first.first)
    }
  }

  @Test func `a delivery causes the events it brings`() throws {
    try withTemporaryLog { log in
      let text = Self.delivery("d1", [Self.entry("e1"), Self.entry("e2")])
      let report = try ingest(text + "\n" + Self.delivery("d2", [Self.entry("e2")]), into: log)
        .report
      #expect((report.appended, report.duplicates) == (4, 1))
      let delivery = try #require(report.first)
      for offset in 1...2 {
        let event = try #require(try log.event(at: delivery.advanced(by: offset)))
        #expect(event.cause == delivery)
        #expect(event.type == "inbound.okta-system-log")
        #expect(event.attributes.source == Array("https://acme.example.com".utf8))
      }
    }
  }

  @Test func `events without an id are known by their bytes`() throws {
    try withTemporaryLog { log in
      let report = try ingest("{\"a\":1}\n{\"a\":1}\n{\"a\":2}", into: log).report
      #expect((report.appended, report.duplicates, report.conflicting) == (2, 1, 0))
      let event = try #require(try log.event(at: report.first ?? Position(.max)))
      #expect(event.attributes.id.starts(with: Array("sha256:".utf8)))
    }
  }

  @Test func `a line of many pieces' length waits for those before it, and not for ever`() throws {
    try withTemporaryLog { log in
      func line(_ id: String, _ length: Int) -> String {
        "{\"uuid\":\"\(id)\",\"eventType\":\"x\",\"pad\":\"\(String(repeating: "q", count: length))\"}"
      }
      let before = (0..<9_000).map { line("a\($0)", 300) }
      let after = (0..<3_000).map { line("b\($0)", 300) }
      let long = [line("long-1", 12_000_000), line("short", 0), line("long-2", 15_000_000)]
      let report = try ingest((before + long + after).joined(separator: "\n"), into: log).report
      #expect((report.appended, report.rejected) == (12_003, 0))
    }
  }

  @Test func `what the log has no room for is rejected with its line, and the rest is kept`() throws
  {
    try withTemporaryLog { log throws in
      let targets = (0..<3000).map { "{\"id\":\"t\($0)\",\"alternateId\":\"a\($0)\"}" }
      let many = targets.joined(separator: ",")
      let numbers = (0..<20_000).map(String.init).joined(separator: ",")
      let login = String(repeating: "y", count: 70_000)
      let text = """
        {"uuid":"many","eventType":"x","target":[\(many)]}
        {"uuid":"login","eventType":"x","actor":{"alternateId":"\(login)"}}
        {"uuid":"values","eventType":"x","actor":{"id":[\(numbers)]}}
        {"uuid":"last","eventType":"x"}
        """
      let (report, rejected) = try ingest(text, into: log)
      #expect((report.appended, report.rejected) == (3, 1))
      #expect(rejected.map(\.line) == [3])
      #expect(rejected.first?.reason == "it has a list of terms of a length that cannot be stored")
    }
  }

  @Test func `what is no event is rejected with its line, and the rest is kept`() throws {
    try withTemporaryLog { log in
      let broken = "\n\n{\"broken\":}\nprose\n\"text\"\n7\n"
      let text = Self.entry("e1") + broken + Self.entry("e2") + "\n[1, " + Self.entry("e3") + "]"
      let (report, rejected) = try ingest(text, into: log)
      #expect((report.appended, report.rejected) == (3, 5))
      #expect(rejected.map(\.line) == [3, 4, 5, 6, 8])
      #expect(rejected.allSatisfy { !$0.reason.contains("prose") })
      #expect(rejected.dropFirst(2).allSatisfy { $0.reason == "it is JSON, but no object" })
    }
  }

  @Test func `a sender cannot make one of the log's own events`() throws {
    try withTemporaryLog { log in
      let report = try ingest(Self.entry("e1", type: "execution.started"), into: log).report
      let event = try #require(try log.event(at: report.first ?? Position(.max)))
      #expect(event.type == "inbound.okta-system-log")
    }
  }

  @Test func `a hook's filter decides what is taken in`() throws {
    let hook = try Hook(
      file: Array(
        """
        {"name":"h","flow":"F","events":[{"type":"user.session.clear"},\
        {"type":"group.user_membership.add",\
        "filter":"event.target.?[displayName eq 'Builders'].size() > 0"}]}
        """.utf8
      )
    )
    let builder = "{\"displayName\":\"Builders\"}"
    let add = "group.user_membership.add"
    let text = [
      Self.delivery(
        "d1",
        [Self.entry("e1", type: add, more: builder), Self.entry("e2", type: add)]
      ),
      Self.delivery("d2", [Self.entry("e3", type: add)]),
      Self.entry("e4", type: "user.session.clear"), Self.entry("e5"),
    ].joined(separator: "\n")
    try withTemporaryLog { log in
      let report = try ingest(text, into: log, IngestOptions(hook: hook)).report
      #expect((report.appended, report.filtered) == (3, 3))
    }
  }

  @Test func `many events stand in the order of their file`() throws {
    var generator = EventGenerator(seed: 3)
    let bytes = generator.lines(3000)
    let text = String(decoding: bytes, as: UTF8.self)
    try withTemporaryLog { log in
      let report = try ingest(text, into: log, IngestOptions(origin: "https://acme.example.com"))
        .report
      #expect(report.rejected == 0)
      #expect(log.hasDictionary(.inbound))
      let first = try #require(report.first)
      var stored: [UInt8] = []
      try log.scan(first..<Position(.max)) { event in
        stored.append(contentsOf: try event.data())
        stored.append(UInt8(ascii: "\n"))
        return true
      }
      #expect(report.duplicates > 0 || stored == bytes)
    }
  }

  @Test func `an ingest without room tells what it committed, and goes on later`() throws {
    try withTemporaryFolder { folder in
      var generator = EventGenerator(seed: 5)
      try write(String(decoding: generator.lines(14_000), as: UTF8.self), to: folder + "/events")
      let options = IngestOptions(origin: "https://acme.example.com")
      let interrupted = try #require(throws: InterruptedIngest.self) {
        let log = try EventLog(
          at: folder + "/store",
          options: deterministicOptions(mapSize: 7 << 20)
        )
        _ = try Ingest(into: log, options).run([folder + "/events"])
      }
      #expect(interrupted.cause is LMDBError)
      let kept = interrupted.report.appended
      #expect(kept > 0)
      let log = try EventLog(at: folder + "/store", options: deterministicOptions())
      #expect(try log.size().count == UInt64(kept + 1))
      let report = try Ingest(into: log, options).run([folder + "/events"])
      #expect(report.duplicates >= kept)
      #expect(try log.size().count == UInt64(kept + report.appended + 1))
      #expect(try log.verify(.deep).problems.isEmpty)
    }
  }

  @Test func `files before one that cannot be read are taken in, and said to be`() throws {
    try withTemporaryFolder { folder in
      var generator = EventGenerator(seed: 6)
      try write(String(decoding: generator.lines(1200), as: UTF8.self), to: folder + "/events")
      try withTemporaryLog { log in
        let interrupted = try #require(throws: InterruptedIngest.self) {
          _ = try Ingest(into: log).run([folder + "/events", folder + "/missing"])
        }
        #expect(interrupted.report.appended + interrupted.report.duplicates == 1200)
        #expect("\(interrupted)".contains("missing cannot be read"))
        #expect(try log.size().count == UInt64(interrupted.report.appended))
      }
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `all collected events are taken in, and once`() throws {
    let files = SharedData.names(in: "events").filter { $0.hasSuffix(".ndjson") }
      .map { SharedData.path("events/" + $0) }
    let options = IngestOptions(origin: "https://acme.example.com")
    try withTemporaryLog { log in
      let first = try Ingest(into: log, options).run(files)
      #expect(first.rejected == 0)
      #expect(first.appended + first.conflicting > 60)
      let again = try Ingest(into: log, options).run(files)
      #expect((again.appended, again.conflicting) == (0, 0))
      #expect(again.duplicates == first.appended + first.duplicates + first.conflicting)
    }
  }
}
