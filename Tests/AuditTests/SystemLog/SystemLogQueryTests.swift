import Audit
import EventStore
import TestSupport
import Testing

/// What may be asked of the System Log API, and how the rest is refused.
@Suite struct SystemLogQueryTests {
  private typealias Parameters = [(name: String, value: String)]

  private static func refusal(_ parameters: Parameters, _ log: EventLog) -> SystemLogRefusal? {
    do throws(SystemLogRefusal) {
      _ = try SystemLogQuery(parameters, now: 1_790_000_000_000, cursors: SystemLogCursors(log))
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("limit", "1001", "E0000001", "'limit'"), ("limit", "-1", "E0000001", "'limit'"),
    ("limit", "+1", "E0000001", "'limit'"), ("limit", "ten", "E0000001", "'limit'"),
    ("limit", "99999999999999999999", "E0000001", "'limit'"),
    ("since", "yesterday", "E0000001", "Please enter dates using ISO8601"),
    ("until", "2026-13-01T00:00:00Z", "E0000001", "'until'"),
    ("until", "1999-01-01", "E0000001", "'until'"),
    ("sortOrder", "sideways", "E0000001", "'sortOrder'"),
    ("q", "a b c d e f g h i j k", "E0000001", "'q'"),
    ("q", String(repeating: "x", count: 41), "E0000001", "'q'"),
    ("filter", #"eventType xx "a""#, "E0000053", "at position 11"),
    ("filter", #"published gt "2026-01-01""#, "E0000053", "since and until"),
    ("filter", #"debugContext.debugData.url co "a""#, "E0000031", "'co'"),
    ("filter", "eventType eq", "E0000053", "expected a value"),
    ("after", "x", "E0000001", "'after'"), ("after", "AQAAAAAAAAAAAA", "E0000001", "'after'"),
  ])
  func `what cannot be answered is refused in Okta's words`(
    _ name: String,
    _ value: String,
    _ code: String,
    _ part: String
  ) throws {
    try withTemporaryLog { log in
      var parameters: Parameters = [(name, value)]
      if name == "until" { parameters.append(("since", "2026-01-01")) }
      let refusal = try #require(Self.refusal(parameters, log))
      #expect(refusal.status == 400)
      #expect(refusal.code == code)
      #expect(refusal.summary.contains(part), "\(refusal.summary)")
      #expect(!refusal.causes.isEmpty)
    }
  }

  @Test func `a time to come without an end is named as what is wrong`() throws {
    try withTemporaryLog { log in
      let asked: Parameters = [("since", "2100-01-01"), ("sortOrder", "DESCENDING")]
      let refusal = try #require(Self.refusal(asked, log))
      #expect(refusal.summary.contains("'since'") && refusal.summary.contains("now"))
    }
  }

  @Test(arguments: [
    [("limit", "0")], [("limit", "1000")], [("q", "")], [("q", "  ")], [("filter", "")],
    [("since", "2026-09-01")], [("since", "2026-09-01T00:00:00.000Z")],
    [("since", "2026-09-01T00:00:00 00:00")], [("until", "2026-09-01T00:00:00+02:00")],
    [("sortOrder", "descending")], [("unknown", "x")], [("since", ""), ("until", "")],
  ])
  func `what Okta takes is taken`(_ parameters: [(String, String)]) throws {
    try withTemporaryLog { log in
      #expect(Self.refusal(parameters, log) == nil)
    }
  }

  @Test func `a cursor of which any bit is changed, or of another log, is none`() throws {
    let bounds = SystemLogCursor.Bounds(times: -5..<1_790_000_000_000, size: 77)
    let cursors = [
      SystemLogCursor(.position(Position(12))),
      SystemLogCursor(.late(Position(12), before: Position(20), since: -7)),
      SystemLogCursor(.time(ClaimedTime(-4, at: Position(3)), .ascending, bounds)),
      SystemLogCursor(.time(ClaimedTime(8, at: Position(.max)), .descending, bounds)),
    ]
    try withTemporaryFolder { folder in
      let log = try EventLog(at: folder + "/one", options: deterministicOptions())
      var options = deterministicOptions()
      options.entropy = { Array(repeating: 7, count: $0) }
      let other = try EventLog(at: folder + "/other", options: options)
      let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. ")
      for cursor in cursors {
        let text = SystemLogCursors(log).text(of: cursor)
        #expect(SystemLogCursors(log).cursor(text) == cursor)
        #expect(SystemLogCursors(other).cursor(text) == nil)
        for place in text.indices {
          for sign in signs where sign != text[place] {
            var changed = text
            changed.replaceSubrange(place...place, with: String(sign))
            #expect(SystemLogCursors(log).cursor(changed) == nil, "\(changed)")
          }
        }
        for length in 0..<text.count {
          #expect(SystemLogCursors(log).cursor(String(text.prefix(length))) == nil)
        }
        #expect(SystemLogCursors(log).cursor(text + "A") == nil)
        #expect(SystemLogCursors(log).cursor(text + "=") == nil)
      }
    }
  }

  @Test func `a cursor goes on in its own order alone, and not behind the log's end`() throws {
    try withTemporaryLog { log in
      let cursors = SystemLogCursors(log)
      let polled = cursors.text(of: SystemLogCursor(.position(Position(5))))
      let bounds = SystemLogCursor.Bounds(times: 0..<9, size: 1)
      let timed = cursors.text(
        of: SystemLogCursor(.time(ClaimedTime(1, at: Position(0)), .ascending, bounds))
      )
      #expect(Self.refusal([("after", polled)], log) == nil)
      #expect(Self.refusal([("after", polled), ("sortOrder", "DESCENDING")], log) != nil)
      #expect(Self.refusal([("after", polled), ("until", "2026-09-01")], log) != nil)
      #expect(Self.refusal([("after", timed), ("until", "2026-09-01")], log) == nil)
      #expect(Self.refusal([("after", timed)], log) == nil)
      #expect(Self.refusal([("after", timed), ("sortOrder", "DESCENDING")], log) != nil)
      #expect(throws: SystemLogRefusal.self) {
        try PagedLog(log).page([("after", polled)])
      }
    }
  }
}
