import TestSupport
import Testing
import Values

@Suite struct InstantTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_700_000_000_123, "2023-11-14T22:13:20.123Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (-62_167_219_200_001, "-000001-12-31T23:59:59.999Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"),
      (8_640_000_000_000_000, "+275760-09-13T00:00:00.000Z"),
      (-8_640_000_000_000_000, "-271821-04-20T00:00:00.000Z"),
      (.max, "+292278994-08-17T07:12:55.807Z"), (.min, "-292275055-05-16T16:47:04.192Z"),
    ] as [(Int64, Text)]
  )
  func `an instant prints as JavaScript prints it and reads back`(milliseconds: Int64, text: Text) {
    let instant = Instant(milliseconds: milliseconds)
    #expect(instant.iso8601 == text)
    #expect(Instant(iso8601: text) == instant)
    #expect(Instant(civil: instant.components()) == instant)
  }

  @Test(
    arguments: [
      ("2024", 1_704_067_200_000), ("2024-02", 1_706_745_600_000),
      ("2024-02-29", 1_709_164_800_000),
      ("2024-02-29T12:30", 1_709_209_800_000), ("2024-02-29T12:30:15", 1_709_209_815_000),
      ("2024-02-29T12:30:15.5Z", 1_709_209_815_500),
      ("2024-02-29T12:30:15.123987Z", 1_709_209_815_123),
      ("2024-02-29t12:30:15z", 1_709_209_815_000), ("2024-02-29 12:30:15Z", 1_709_209_815_000),
      ("2024-02-29T12:30:15+02:00", 1_709_202_615_000),
      ("2024-02-29T12:30:15-0530", 1_709_229_615_000),
      ("2024-02-29T12:30:15+02", 1_709_202_615_000), ("2024-02-29T24:00:00Z", 1_709_251_200_000),
      ("+002024-02-29", 1_709_164_800_000),
    ] as [(Text, Int64)]
  )
  func `an ISO 8601 text names an instant`(text: Text, milliseconds: Int64) {
    #expect(Instant(iso8601: text)?.milliseconds == milliseconds)
  }

  @Test(
    arguments: [
      "", "24", "2024-", "2024-1", "2024-13", "2024-00-01", "2023-02-29", "2024-04-31",
      "2024-02-29T",
      "2024-02-29T12", "2024-02-29T25:00", "2024-02-29T24:00:01", "2024-02-29T12:60",
      "2024-02-29T12:30:60",
      "2024-02-29T12:30:15.", "2024-02-29T12:30:15+", "2024-02-29T12:30:15+24:00",
      "2024-02-29T12:30:15+02:60",
      "2024-02-29T12:30:15ZZ", "-000000-01-01", "+12345-01-01", "+999999999-01-01", "-2024-01-01",
      "+292278994-08-17T07:12:55.808Z", "-292275055-05-16T16:47:04.191Z", "+9999999999-01-01",
      "-292275055-05-16T16:47:04.192+00:01", "２０２４", "2024-02-29T12:30:15Z ", "yesterday",
    ] as [Text]
  )
  func `other texts name none`(text: Text) {
    #expect(Instant(iso8601: text) == nil)
  }

  @Test func `any instant prints, reads back and has fields that exist`() {
    var random = SplitMix64(forTest: "instants")
    for _ in 0..<20_000 {
      let instant = Instant(
        milliseconds: Int64(truncatingIfNeeded: random.next()) >> random.below(60)
      )
      #expect(Instant(iso8601: instant.iso8601) == instant)
      #expect(instant.components().isValid)
      #expect(Instant(civil: instant.components()) == instant)
    }
  }

  @Test func `the days follow one another`() throws {
    var previous = try #require(Instant(iso8601: "1895-12-31"))
    for year in 1896...2104 {
      for month in 1...12 {
        for day in 1...CivilDateTime.daysInMonth(month, ofYear: year) {
          let civil = CivilDateTime(year: year, month: month, day: day)
          let instant = try #require(Instant(civil: civil))
          #expect(instant.milliseconds == previous.milliseconds + 86_400_000)
          #expect(civil.weekday == (previous.components().weekday + 1) % 7)
          #expect(instant.components() == civil)
          previous = instant
        }
      }
    }
  }

  @Test(arguments: [
    CivilDateTime(year: 2024, month: 0, day: 1), CivilDateTime(year: 2024, month: 13, day: 1),
    CivilDateTime(year: 2023, month: 2, day: 29), CivilDateTime(year: 2024, month: 1, day: 0),
    CivilDateTime(year: 2024, month: 1, day: 1, hour: 24),
    CivilDateTime(year: 2024, month: 1, day: 1, minute: 60),
    CivilDateTime(year: 2024, month: 1, day: 1, second: -1),
    CivilDateTime(year: 2024, month: 1, day: 1, millisecond: 1000),
    CivilDateTime(year: .max, month: 1, day: 1), CivilDateTime(year: .min, month: .max, day: .min),
    CivilDateTime(year: 292_278_995, month: 1, day: 1),
  ])
  func `fields that name no time make no instant`(civil: CivilDateTime) {
    #expect(Instant(civil: civil) == nil)
  }

  @Test func `days are counted within the week and the year`() {
    #expect(CivilDateTime(year: 1970, month: 1, day: 1).weekday == 4)
    #expect(CivilDateTime(year: 2024, month: 12, day: 31).dayOfYear == 366)
    #expect(CivilDateTime(year: 1900, month: 12, day: 31).dayOfYear == 365)
    #expect(CivilDateTime(year: 2024, month: 2, day: 30).weekday == 0)
    #expect(
      [1900, 2000, 2023, 2024, -4].map(CivilDateTime.isLeapYear) == [
        false, true, false, true, true,
      ]
    )
  }

  @Test func `adding past the limits gives nothing`() {
    #expect(Instant(milliseconds: .max).adding(milliseconds: 1) == nil)
    #expect(Instant(milliseconds: 1).adding(milliseconds: -2) == Instant(milliseconds: -1))
  }
}
