import Flows
import Testing
import Values

@Suite struct DateCardTests {
  @Test(arguments: now + shifting + spans + reading + writing)
  func `date cards compute in UTC`(_ example: CardCase) throws {
    try example.check()
  }

  static let pacific = ZoneAnswer(offsetSeconds: -25_200, abbreviation: "PDT").value
  static let moment: Value = .date("2016-09-07T00:01:25.670Z")

  static let now: [CardCase] = [
    CardCase(
      "all outputs",
      "date:now",
      [:],
      answers: [.date("2016-09-07T16:55:25.670Z")],
      gives: [
        "date": .date("2016-09-07T16:55:25.670Z"), "iso": "2016-09-07T16:55:25+00:00",
        "full": "September 7, 2016 16:55:25.670", "time": "16:55:25", "month": "9", "year": 2016,
        "day": 7, "hour": 16, "minute": 55, "second": 25, "millisecond": 670,
      ]
    ),
    CardCase(
      "an answer that is no date",
      "date:now",
      [:],
      answers: ["soon"],
      raises: .invalidInput
    ),
  ]

  static func shift(
    _ name: String,
    _ card: CardAddress,
    _ start: Value,
    _ scale: Value,
    _ unit: Value,
    gives end: Value
  ) -> CardCase {
    CardCase(name, card, ["start": start, "scale": scale, "unit": unit], gives: ["output": end])
  }

  static let shifting: [CardCase] = [
    shift(
      "weeks",
      "date:add",
      .date("2016-09-05T00:00:00Z"),
      2,
      "weeks",
      gives: .date("2016-09-19T00:00:00Z")
    ),
    shift(
      "the end of a month",
      "date:add",
      .date("2024-01-31T10:00:00Z"),
      1,
      "months",
      gives: .date("2024-02-29T10:00:00Z")
    ),
    shift(
      "a leap day",
      "date:add",
      .date("2024-02-29T10:00:00Z"),
      1,
      "years",
      gives: .date("2025-02-28T10:00:00Z")
    ),
    shift(
      "months over a year",
      "date:subtract",
      .date("2024-01-15T00:00:00Z"),
      2,
      "months",
      gives: .date("2023-11-15T00:00:00Z")
    ),
    shift(
      "months before year 0",
      "date:subtract",
      .date("0000-01-15T00:00:00Z"),
      1,
      "months",
      gives: .date("-000001-12-15T00:00:00Z")
    ),
    shift(
      "half a day",
      "date:add",
      .date("2024-01-01T00:00:00Z"),
      0.5,
      "days",
      gives: .date("2024-01-01T12:00:00Z")
    ),
    shift(
      "half a year",
      "date:add",
      .date("2024-01-01T00:00:00Z"),
      0.5,
      "years",
      gives: .date("2024-07-01T00:00:00Z")
    ),
    shift(
      "negative",
      "date:add",
      .date("2024-01-01T00:00:00Z"),
      -5,
      "minutes",
      gives: .date("2023-12-31T23:55:00Z")
    ),
    shift("null scale", "date:subtract", moment, .null, "hours", gives: moment),
    shift(
      "text date and text scale",
      "date:subtract",
      "2024-01-02",
      "1",
      "days",
      gives: .date("2024-01-01T00:00:00Z")
    ),
    CardCase(
      "a null date",
      "date:add",
      ["start": .null, "scale": 1, "unit": "days"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "no date",
      "date:add",
      ["start": "soon", "scale": 1, "unit": "days"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "no number",
      "date:add",
      ["start": moment, "scale": "few", "unit": "days"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "no unit",
      "date:add",
      ["start": moment, "scale": 1, "unit": "moons"],
      raises: .invalidInput
    ),
    CardCase(
      "beyond all dates",
      "date:add",
      ["start": moment, "scale": 1e15, "unit": "years"],
      raises: .invalidInput
    ),
    CardCase(
      "beyond all dates in days",
      "date:add",
      ["start": moment, "scale": 1e300, "unit": "days"],
      raises: .invalidInput
    ),
    shift("unknown", "date:add", .unanswered, 1, "days", gives: .unanswered),
  ]

  static let spans: [CardCase] = [
    CardCase(
      "the input start is the later date",
      "date:diff",
      ["start": .date("2024-01-02T12:00:00Z"), "end": .date("2024-01-01T00:00:00Z")],
      gives: [
        "days": 1.5, "hours": 36, "minutes": 2_160, "seconds": 129_600, "milliseconds": 129_600_000,
      ]
    ),
    CardCase(
      "months and years by the calendar",
      "date:diff",
      ["start": "2024-03-31", "end": "2023-03-31"],
      gives: ["months": 12, "years": 1]
    ),
    CardCase(
      "a part of a month",
      "date:diff",
      ["start": "2024-01-15", "end": "2024-02-01"],
      gives: ["months": .number(-17.0 / 31)]
    ),
    CardCase(
      "the end of a month",
      "date:diff",
      ["start": "2024-02-29", "end": "2024-01-31"],
      gives: ["months": 1]
    ),
    CardCase(
      "a null date",
      "date:diff",
      ["start": .null, "end": moment],
      raises: .invalidTypeConversion
    ),
    CardCase("milliseconds", "date:unix", ["start": moment], gives: ["output": 1_473_206_485_670]),
    CardCase("whole seconds", "date:epoch", ["start": moment], gives: ["output": 1_473_206_485]),
    CardCase(
      "seconds before 1970",
      "date:epoch",
      ["start": .date("1969-12-31T23:59:59.500Z")],
      gives: ["output": -1]
    ),
    CardCase("no date", "date:unix", ["start": "x"], raises: .invalidTypeConversion),
  ]

  static let reading: [CardCase] = [
    CardCase(
      "by format",
      "date:parse",
      ["start": "1/2/2016", "format": "D/M/Y"],
      gives: ["output": .date("2016-02-01T00:00:00Z")]
    ),
    CardCase(
      "two digits of a year",
      "date:parse",
      ["start": "1/2/16", "format": "M/D/YY"],
      gives: ["output": .date("2016-01-02T00:00:00Z")]
    ),
    CardCase(
      "milliseconds",
      "date:parse",
      ["start": "1473206485670", "format": "x"],
      gives: ["output": moment]
    ),
    CardCase(
      "no format",
      "date:parse",
      ["start": "2016-09-07T02:01:25.67+02:00", "format": ""],
      gives: ["output": moment]
    ),
    CardCase(
      "the present day completes it",
      "date:parse",
      ["start": "5:30 pm", "format": "h:mm a"],
      answers: [moment],
      gives: ["output": .date("2016-09-07T17:30:00Z")]
    ),
    CardCase(
      "no match",
      "date:parse",
      ["start": "soon", "format": "YYYY"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "null",
      "date:parse",
      ["start": .null, "format": "YYYY"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "a month out of range",
      "date:parse",
      ["start": "13/1/2016", "format": "MM/DD/YYYY"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "a token that reads nothing",
      "date:parse",
      ["start": "2016-W01", "format": "GGGG-[W]WW"],
      answers: [moment],
      raises: .invalidInput
    ),
  ]

  static let writing: [CardCase] = [
    CardCase(
      "in UTC",
      "date:format",
      ["start": moment, "format": "yyyy-MM-DDTHH:mm:ss.SSS", "zone": "UTC"],
      gives: ["output": "2016-09-07T00:01:25.670"]
    ),
    CardCase(
      "in a zone",
      "date:format",
      ["start": moment, "format": "dddd, MMMM D, Y h:mm a z", "zone": "US/Pacific"],
      answers: [pacific],
      gives: ["output": "Tuesday, September 6, 2016 5:01 pm PDT"]
    ),
    CardCase(
      "in a zone that does not exist",
      "date:format",
      ["start": moment, "format": "M/D/Y z", "zone": "America/Pacific"],
      answers: [ZoneAnswer.unknownZone.value],
      gives: ["output": "9/7/2016 UTC"]
    ),
    CardCase(
      "no format",
      "date:format",
      ["start": moment, "format": "", "zone": .null],
      gives: ["output": "2016-09-07T00:01:25+00:00"]
    ),
    CardCase(
      "a null date",
      "date:format",
      ["start": .null, "format": "Y", "zone": "UTC"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "six spellings",
      "date:fromISO",
      ["start": "2016-09-07T00:01:25.670Z", "format": "MM/DD/YYYY", "zone": "US/Pacific"],
      answers: [pacific],
      gives: [
        "date": moment, "iso": "2016-09-07T00:01:25Z", "epoch": "1473206485",
        "unix": "1473206485670", "human": "Wed, September 7th at 12:01 AM", "custom": "09/06/2016",
      ]
    ),
    CardCase(
      "no format and no zone",
      "date:fromISO",
      ["start": "1/2/16", "format": .null, "zone": .null],
      gives: ["custom": "2016-01-02T00:00:00+00:00"]
    ),
    CardCase(
      "no date",
      "date:fromISO",
      ["start": "tomorrow", "format": .null, "zone": .null],
      raises: .invalidTypeConversion
    ),
  ]
}
