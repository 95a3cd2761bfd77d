import Flows
import Foundation
import TestSupport
import Testing
import Values

/// Schedules where clocks change.
@Suite(.enabled(if: ZoneTests.isPresent, "needs the system's zone files"))
struct ScheduleClockTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let zone: String
    let fields: String
    let after: String
    let starts: [String]
    var testDescription: String { "\(fields) in \(zone) after \(after)" }

    init(_ zone: String, _ fields: String, after: String, _ starts: String...) {
      (self.zone, self.fields, self.after, self.starts) = (zone, fields, after, starts)
    }
  }

  @Test(arguments: [
    // 2026-03-29, 02:00 becomes 03:00: half past two is half past three, once.
    Example(
      "Europe/Berlin",
      "00 30 2 * * *",
      after: "2026-03-28T00:00:00Z",
      "2026-03-28T01:30Z",
      "2026-03-29T01:30Z",
      "2026-03-30T00:30Z"
    ),
    // 2026-10-25, 03:00 becomes 02:00: the first half past two, and not the second.
    Example(
      "Europe/Berlin",
      "00 30 2 * * *",
      after: "2026-10-24T00:00:00Z",
      "2026-10-24T00:30Z",
      "2026-10-25T00:30Z",
      "2026-10-26T01:30Z"
    ),
    Example(
      "Europe/Berlin",
      "00 */15 * * * *",
      after: "2026-10-25T00:30:00Z",
      "2026-10-25T00:45Z",
      "2026-10-25T01:00Z",
      "2026-10-25T01:15Z",
      "2026-10-25T01:30Z",
      "2026-10-25T01:45Z",
      "2026-10-25T02:00Z"
    ),
    // A quarter of an hour of one hour: as often as on any other day.
    Example(
      "Europe/Berlin",
      "00 */30 2 * * *",
      after: "2026-03-29T00:00:00Z",
      "2026-03-29T01:00Z",
      "2026-03-29T01:30Z",
      "2026-03-30T00:00Z"
    ),
    // 02:00 that is skipped and 03:00 are one moment.
    Example(
      "Europe/Berlin",
      "00 0 2,3 * * *",
      after: "2026-03-28T00:00:00Z",
      "2026-03-28T01:00Z",
      "2026-03-28T02:00Z",
      "2026-03-29T01:00Z",
      "2026-03-30T00:00Z"
    ),
    Example(
      "America/New_York",
      "00 30 2 * * *",
      after: "2026-03-07T00:00:00Z",
      "2026-03-07T07:30Z",
      "2026-03-08T07:30Z",
      "2026-03-09T06:30Z"
    ),
    Example(
      "America/New_York",
      "00 30 1 * * *",
      after: "2026-10-31T00:00:00Z",
      "2026-10-31T05:30Z",
      "2026-11-01T05:30Z",
      "2026-11-02T06:30Z"
    ),
    Example(
      "America/New_York",
      "00 0 * * * *",
      after: "2026-11-01T04:30:00Z",
      "2026-11-01T05:00Z",
      "2026-11-01T06:00Z",
      "2026-11-01T07:00Z"
    ),
    // Half an hour: 2026-10-04, 02:00 becomes 02:30.
    Example(
      "Australia/Lord_Howe",
      "00 15 2 * * *",
      after: "2026-10-02T00:00:00Z",
      "2026-10-02T15:45Z",
      "2026-10-03T15:45Z",
      "2026-10-04T15:15Z"
    ),
    Example(
      "Australia/Lord_Howe",
      "00 */15 * * * *",
      after: "2026-10-03T15:00:00Z",
      "2026-10-03T15:15Z",
      "2026-10-03T15:30Z",
      "2026-10-03T15:45Z",
      "2026-10-03T16:00Z"
    ),
    // 2026-04-05, 02:00 becomes 01:30.
    Example(
      "Australia/Lord_Howe",
      "00 45 1 * * *",
      after: "2026-04-03T00:00:00Z",
      "2026-04-03T14:45Z",
      "2026-04-04T14:45Z",
      "2026-04-05T15:15Z"
    ),
    Example(
      "Asia/Kolkata",
      "00 0 9 * * *",
      after: "2026-03-28T00:00:00Z",
      "2026-03-28T03:30Z",
      "2026-03-29T03:30Z"
    ),
    // 2011-12-30 did not take place: the Friday's start falls on the Saturday, and Friday's and
    // Saturday's are one.
    Example(
      "Pacific/Apia",
      "00 0 9 * * *",
      after: "2011-12-29T00:00:00Z",
      "2011-12-29T19:00Z",
      "2011-12-30T19:00Z",
      "2011-12-31T19:00Z"
    ),
    Example(
      "Pacific/Apia",
      "00 0 9 * * 5",
      after: "2011-12-23T00:00:00Z",
      "2011-12-23T19:00Z",
      "2011-12-30T19:00Z",
      "2012-01-05T19:00Z"
    ),
    // Zones that follow a rule beyond the table of changes.
    Example(
      "Europe/Berlin",
      "00 30 2 * * *",
      after: "2149-03-29T12:00:00Z",
      "2149-03-30T01:30Z",
      "2149-03-31T00:30Z"
    ),
  ])
  func `a daily start comes once, one of every hour by the time that passes`(
    _ example: Example
  ) throws {
    let schedule = try Schedule(Cron(example.fields, zone: example.zone), zones: ZoneTests.database)
    let starts = try schedule.starts(after: example.after, example.starts.count)
    #expect(starts == example.starts)
  }

  @Test func `a first and a last day are those of the zone`() throws {
    let schedule = try Schedule(
      Cron("00 0 * * * *", zone: "Europe/Berlin", from: "2026-03-29", until: "2026-03-29"),
      zones: ZoneTests.database
    )
    let starts = try schedule.starts(after: "2026-01-01T00:00:00Z", 99)
    #expect(starts.count == 23)
    #expect(starts.first == "2026-03-28T23:00Z")
    #expect(starts.last == "2026-03-29T21:00Z")
  }

  /// A zone and days about a change of its clocks; the last has none.
  static let windows = [
    ("Europe/Berlin", "2026-03-27T00:00:00Z"), ("Europe/Berlin", "2026-10-23T00:00:00Z"),
    ("America/New_York", "2026-03-06T00:00:00Z"), ("America/New_York", "2026-10-30T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-02T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-03T00:00:00Z"), ("Pacific/Apia", "2011-12-28T00:00:00Z"),
    ("Africa/Casablanca", "2026-02-13T00:00:00Z"), ("America/Sao_Paulo", "2018-11-02T00:00:00Z"),
    ("Asia/Kolkata", "2026-03-27T00:00:00Z"),
  ]

  @Test func `starts are those of a walk from minute to minute`() throws {
    var random = SplitMix64(forTest: "schedules")
    for (zone, start) in Self.windows {
      let first = try #require(Instant(iso8601: Text(start))).milliseconds / 1000
      let walk = try MinuteWalk(zone, from: first, days: 5)
      for _ in 0..<40 {
        let fields = RandomFields(&random)
        let schedule = try Schedule(
          Cron("00 " + fields.text, zone: zone),
          zones: ZoneTests.database
        )
        var time = Instant(milliseconds: first * 1000 - 1)
        let end = Instant(milliseconds: (first + 5 * 86_400) * 1000 - 1)
        var found: [Int64] = []
        while let next = schedule.next(after: time), next <= end {
          found.append(next.milliseconds / 1000)
          time = next
        }
        let expected = walk.starts(fields)
        #expect(found == expected, "\(fields.text) in \(zone) from \(start)")
        let begin = Instant(milliseconds: first * 1000 - 1)
        #expect(schedule.count(after: begin, through: end, limit: .max) == expected.count)
        let last = schedule.last(after: begin, through: end).map { $0.milliseconds / 1000 }
        #expect(last == expected.last)
      }
    }
  }
}
