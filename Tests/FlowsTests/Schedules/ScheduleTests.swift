import Flows
import Foundation
import TestSupport
import Testing
import Values

/// The fields of a schedule, by clocks that never change.
@Suite struct ScheduleTests {
  private static let zones = ZoneDatabase { _ in nil }

  struct Example: Sendable, CustomTestStringConvertible {
    let fields: String
    let words: String
    let starts: [String]
    var testDescription: String { fields }

    init(_ fields: String, _ words: String, _ starts: String...) {
      (self.fields, self.words, self.starts) = (fields, words, starts)
    }
  }

  // 2026-01-29 is a Thursday.
  @Test(arguments: [
    Example("00 * * * * *", "every minute", "2026-01-29T10:08Z", "2026-01-29T10:09Z"),
    Example("00 */15 * * * *", "every 15 minutes", "2026-01-29T10:15Z", "2026-01-29T10:30Z"),
    Example("00 0 */1 * * *", "every hour", "2026-01-29T11:00Z", "2026-01-29T12:00Z"),
    Example("00 5 * * * *", "every hour at minute 5", "2026-01-29T11:05Z", "2026-01-29T12:05Z"),
    Example("00 0 */6 * * *", "at 00:00, 06:00, 12:00 and 18:00 every day", "2026-01-29T12:00Z"),
    Example("00 0 */2 * * *", "every 2 hours", "2026-01-29T12:00Z", "2026-01-29T14:00Z"),
    Example(
      "00 */15 23 * * *",
      "at 23:00, 23:15, 23:30 and 23:45 every day",
      "2026-01-29T23:00Z",
      "2026-01-29T23:15Z"
    ),
    Example(
      "00 */10 8-18 * * 1-5",
      "every 10 minutes of hours 8 to 18 on Monday, Tuesday, Wednesday, Thursday and Friday",
      "2026-01-29T10:10Z"
    ),
    Example("00 7,9 * * * *", "at minutes 7 and 9 of every hour", "2026-01-29T10:09Z"),
    Example("00 59 23 */1 * *", "at 23:59 every day", "2026-01-29T23:59Z", "2026-01-30T23:59Z"),
    Example(
      "00 0 2 * * 0,4",
      "at 02:00 on Sunday and Thursday",
      "2026-02-01T02:00Z",
      "2026-02-05T02:00Z"
    ),
    Example("00 0 2 * * 7", "at 02:00 on Sunday", "2026-02-01T02:00Z", "2026-02-08T02:00Z"),
    Example("00 0 2 * * 7/1", "at 02:00 every day", "2026-01-30T02:00Z", "2026-01-31T02:00Z"),
    Example("00 0 2 ? * MON", "at 02:00 on Monday", "2026-02-02T02:00Z"),
    Example(
      "00 0 9 18 3-12/3 *",
      "at 09:00 on day 18 of the month in March, June, September and December",
      "2026-03-18T09:00Z",
      "2026-06-18T09:00Z",
      "2026-09-18T09:00Z",
      "2026-12-18T09:00Z",
      "2027-03-18T09:00Z"
    ),
    Example(
      "00 0 21 1 1-11/6 *",
      "at 21:00 on day 1 of the month in January and July",
      "2026-07-01T21:00Z",
      "2027-01-01T21:00Z"
    ),
    Example(
      "00 0 0 13 * 5",
      "at 00:00 on day 13 of the month or on Friday",
      "2026-01-30T00:00Z",
      "2026-02-06T00:00Z",
      "2026-02-13T00:00Z"
    ),
    Example(
      "00 0 0 31 * *",
      "at 00:00 on day 31 of the month",
      "2026-01-31T00:00Z",
      "2026-03-31T00:00Z"
    ),
    Example(
      "00 0 0 29 2 *",
      "at 00:00 on day 29 of the month in February",
      "2028-02-29T00:00Z",
      "2032-02-29T00:00Z"
    ),
    Example("00 0 0 30 feb *", "at 00:00 on day 30 of the month in February"),
    Example(
      "*/20 * * * * *",
      "every 20 seconds",
      "2026-01-29T10:07:20.000Z",
      "2026-01-29T10:07:40.000Z",
      "2026-01-29T10:08Z"
    ),
    Example("* * * * * *", "every second", "2026-01-29T10:07:06.000Z"),
    Example("30 0 9 * * *", "at 09:00:30 every day", "2026-01-30T09:00:30.000Z"),
    Example("00 50/5 * * * *", "at minutes 50 and 55 of every hour", "2026-01-29T10:50Z"),
  ])
  func `fields say when a flow starts, and so do words`(_ example: Example) throws {
    let schedule = try Schedule(Cron(example.fields), zones: Self.zones)
    let count = max(1, example.starts.count)
    #expect(try schedule.starts(after: "2026-01-29T10:07:05Z", count) == example.starts)
    #expect(schedule.words == example.words)
  }

  @Test(arguments: [
    ("00 60 * * * *", "its minutes are \"60\""), ("00 * 24 * * *", "its hours are \"24\""),
    ("00 * * 0 * *", "its days of the month are \"0\""), ("00 * * * 13 *", "its months are"),
    ("00 * * * * 8", "its days of the week are"), ("00 */0 * * * *", "\"0\" is no step"),
    ("00 1/2/3 * * * *", "has two steps"), ("00 9-5 * * * *", "ends before it begins"),
    ("00 1, * * * *", "\"\" is none of 0 to 59"), ("00 * * L * *", "\"l\" is none of 1 to 31"),
    ("00 * * * * 5#2", "\"5#2\" is none of 0 to 7"), ("00 1-2-3 * * * *", "is no range"),
    ("00 99999999999999999999 * * * *", "is none of 0 to 59"), ("00 +1 * * * *", "is none of"),
  ])
  func `a field that does not read is told`(_ fields: String, _ message: String) {
    let error = #expect(throws: ScheduleError.self) {
      try Schedule(Cron(fields), zones: Self.zones)
    }
    #expect(error.map { "\($0)".contains(message) } ?? false, "\(String(describing: error))")
  }

  @Test func `an unknown zone, a date that is none and a recurrence are told`() {
    for (cron, error) in [
      (Cron(timeZone: "America/Pacific"), ScheduleError.unknownZone("America/Pacific")),
      (Cron(timeZone: "../etc/passwd"), .unknownZone("../etc/passwd")),
      (Cron(startDate: "tomorrow"), .date("tomorrow")),
      (Cron(endDate: "1/2/2026"), .date("1/2/2026")),
      (Cron(recurrence: 3), .recurrence(3)),
    ] {
      #expect(throws: error) { try Schedule(cron, zones: Self.zones) }
    }
  }

  @Test(arguments: [
    ("2026-01-31", "", ["2026-01-31T09:00Z", "2026-02-01T09:00Z"]),
    ("", "2026-01-31", ["2026-01-30T09:00Z", "2026-01-31T09:00Z"]),
    ("2026-01-31T09:00:00Z", "2026-02-01T09:00:00Z", ["2026-01-31T09:00Z", "2026-02-01T09:00Z"]),
    ("2026-01-31T09:00:01Z", "2026-02-01T08:59:59Z", []), ("2027-01-01", "2026-01-01", []),
  ])
  func `a first and a last day are kept`(_ start: Text, _ end: Text, _ starts: [String]) throws {
    let schedule = try Schedule(
      Cron("00 0 9 * * *", from: start, until: end),
      zones: Self.zones
    )
    let found = try schedule.starts(after: "2026-01-29T10:00:00Z", end.isEmpty ? 2 : 9)
    #expect(found == starts)
  }

  @Test func `starts are counted, and the last is found`() throws {
    let schedule = try Schedule(Cron("00 0 9 * * *"), zones: Self.zones)
    let start = try #require(Instant(iso8601: "2026-01-01T09:00:00Z"))
    let end = try #require(Instant(iso8601: "2026-12-31T09:00:00Z"))
    #expect(schedule.count(after: start, through: end, limit: 1000) == 364)
    #expect(schedule.count(after: start, through: end, limit: 7) == 7)
    #expect(schedule.last(after: start, through: end) == end)
    #expect(schedule.last(after: end, through: end) == nil)
    let before = Instant(milliseconds: end.milliseconds - 1)
    #expect(schedule.last(after: start, through: before)?.iso8601 == "2026-12-30T09:00:00.000Z")
    let yearly = try Schedule(Cron("00 0 9 1 1 *"), zones: Self.zones)
    #expect(yearly.last(after: start, through: end) == nil)
    let early = Instant(milliseconds: start.milliseconds - 1)
    #expect(yearly.last(after: early, through: end) == start)
  }

  @Test func `times far away are none, and end no program`() throws {
    let schedule = try Schedule(Cron(), zones: Self.zones)
    for edge in [Int64.min, -9_000_000_000_000_000, 9_000_000_000_000_000, .max] {
      let instant = Instant(milliseconds: edge)
      _ = schedule.next(after: instant)
      #expect(schedule.last(after: instant, through: instant) == nil)
    }
  }

  @Test(.enabled(if: SharedData.isPresent && ZoneTests.isPresent, "needs ../shared/data and zones"))
  func `the schedule of every public flow reads and is due again`() throws {
    let now = try #require(Instant(iso8601: "2026-03-01T00:00:00Z"))
    var count = 0
    for pack in try SharedPacks.all.get() {
      for flow in pack.flows {
        guard case .scheduled(let cron) = flow.trigger else { continue }
        let schedule = try Schedule(cron, zones: ZoneTests.database)
        #expect(schedule.next(after: now) != nil, "\(flow.name): \(cron)")
        count += 1
      }
    }
    #expect(count == 33)
  }
}
