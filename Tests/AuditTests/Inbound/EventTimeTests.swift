import Audit
import TestSupport
import Testing

@Suite struct EventTimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("2023-03-26T21:05:32.159Z", 1_679_864_732_159),
    ("2024-06-17T22:01:21.809026Z", 1_718_661_681_809),
    ("2026-01-15T06:00:00.000-06:00", 1_768_478_400_000),
    ("2026-01-15T06:00:00.9-0600", 1_768_478_400_900),
    ("2026-01-15T06:00-06", 1_768_478_400_000),
    ("2000-02-29T23:59:60Z", 951_868_800_000),
    ("1969-12-31T23:59:59.999Z", -1),
    ("0000-01-01T00:00:00Z", -62_167_219_200_000),
    ("9999-12-31T23:59:59.9999999999999999999999Z", 253_402_300_799_999),
    ("2020-01-01t00:00:00z", 1_577_836_800_000),
  ])
  func `a date and time with an offset is exact`(text: String, milliseconds: Int64) {
    let time = EventTime(Array(text.utf8))
    #expect(time == EventTime(milliseconds: milliseconds, reading: .exact))
  }

  @Test(arguments: [
    ("2023-01-10 17:39:40.526", 1_673_372_380_526),
    ("2020-11-25 21:27:03.496000000", 1_606_339_623_496),
    ("2023-01-10T17:39", 1_673_372_340_000),
    ("2023-01-10 17:39:40Z", 1_673_372_380_000),
  ])
  func `a date and time without an offset is taken as UTC`(text: String, milliseconds: Int64) {
    let time = EventTime(Array(text.utf8))
    #expect(time == EventTime(milliseconds: milliseconds, reading: .assumedUTC))
  }

  @Test(arguments: [
    "", "redacted", "2023", "2023-01-10", "2023-13-10T00:00:00Z", "2023-02-29T00:00:00Z",
    "2023-01-10T24:00:00Z", "2023-01-10T00:60:00Z", "2023-01-10T00:00:00.Z",
    "2023-01-10T00:00:00Zx", "2023-01-10T00:00:00+", "2023-01-10T00:00:00+25:00",
    "2023-01-10T00:00:00+01:", "-2023-01-10T00:00:00Z", "+12023-01-10T00:00:00Z",
    "2023-01-10T00:00:00\0Z", "99999999999999999999",
  ])
  func `any other text is unreadable`(text: String) {
    #expect(EventTime(Array(text.utf8)) == .unreadable)
  }

  @Test func `seconds are read with their fraction and within reason`() {
    #expect(EventTime(secondsSince1970: 1_355_517_523.000005).milliseconds == 1_355_517_523_000)
    #expect(EventTime(secondsSince1970: .infinity) == .unreadable)
    #expect(EventTime(secondsSince1970: .nan) == .unreadable)
    #expect(EventTime(secondsSince1970: 1e300) == .unreadable)
  }
}
