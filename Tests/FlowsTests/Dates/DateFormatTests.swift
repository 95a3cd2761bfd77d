import Flows
import TestSupport
import Testing
import Values

@Suite struct DateFormatTests {
  static let moment = Instant(milliseconds: 1_473_206_485_670)

  @Test(arguments: [
    ("YYYY-MM-DDTHH:mm:ss.SSS", "2016-09-07T00:01:25.670"), ("M/D/Y", "9/7/2016"),
    ("dddd, MMMM D, Y h:mm a z", "Wednesday, September 7, 2016 12:01 am UTC"),
    ("ddd, MMMM Do [at] h:mm A", "Wed, September 7th at 12:01 AM"),
    ("x X", "1473206485670 1473206485"),
    ("yyyy-MM-DD yy", "2016-09-07 2016"), ("Z ZZ", "+00:00 +0000"), ("d e E dd", "3 3 3 We"),
    ("w wo ww W Wo WW", "37 37th 37 36 36th 36"), ("gg gggg GG GGGG", "16 2016 16 2016"),
    ("DDD DDDo DDDD", "251 251st 251"), ("N NNNN", "AD Anno Domini"), ("H HH k kk", "0 00 24 24"),
    ("[escaped YYYY] \\Y[", "escaped YYYY Y["), ("[a] b] c", "a] b c"),
    ("é😀 YYYY\nMM", "é😀 201609"), ("", ""),
    ("LT LTS l ll", "12:01 AM 12:01:25 AM 9/7/2016 Sep 7, 2016"),
  ])
  func `tokens write the parts of a date`(_ format: String, _ expected: String) {
    #expect(DateFormat(Text(format)).text(of: Self.moment) == Text(expected))
  }

  @Test func `a zone shifts the clock and gives its name`() {
    let zone = ZoneAnswer(offsetSeconds: -12_600, abbreviation: "NST")
    #expect(
      DateFormat("YYYY-MM-DD HH:mm Z z x").text(of: Self.moment, in: zone)
        == "2016-09-06 20:31 -03:30 NST 1473206485670"
    )
  }

  @Test func `an instant that no date can hold is an invalid date`() {
    #expect(DateFormat("Y").text(of: Instant(milliseconds: .max)) == "Invalid date")
    #expect(DateFormat("Y").text(of: Instant(milliseconds: .min)) == "Invalid date")
  }

  @Test func `English weeks belong to the year of their Saturday`() {
    let lastDay = Instant(milliseconds: 1_735_603_200_000)
    #expect(DateFormat("YYYY-MM-DD gggg w GGGG W").text(of: lastDay) == "2024-12-31 2025 1 2025 1")
  }

  /// Every case is run; none is left out.
  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `dates are written as moment writes them`() throws {
    let document = try JSON.parse(try SharedData.bytes("vectors/moment/format_cases.json"))
    guard case .object(let object) = document, case .list(let cases)? = object["cases"] else {
      Issue.record("the cases have another form")
      return
    }
    #expect(cases.count > 80)
    for case .object(let example) in cases {
      guard case .text(let iso)? = example["iso"], case .text(let format)? = example["format"],
        case .text(let expected)? = example["expected"], let instant = Instant(iso8601: iso)
      else {
        Issue.record("a case has another form: \(example)")
        continue
      }
      #expect(DateFormat(format).text(of: instant) == expected, "\(iso) by \(format)")
    }
  }

  static let present = Instant(milliseconds: 1_473_206_485_670)

  @Test(arguments: [
    ("M/D/Y", "9/7/2016", "2016-09-07T00:00:00.000Z"),
    ("MM/DD/YYYY HH:mm:ss.SSS", "09/07/2016 01:02:03.4", "2016-09-07T01:02:03.400Z"),
    ("MMMM Do, YYYY h:mm A", "Sept 7th, 2016 12:05 am", "2016-09-07T00:05:00.000Z"),
    ("YYYY", "2016", "2016-01-01T00:00:00.000Z"), ("YYYY", "16", "2016-01-01T00:00:00.000Z"),
    ("YY", "69", "1969-01-01T00:00:00.000Z"), ("YY", "68", "2068-01-01T00:00:00.000Z"),
    ("YYYY-MM-DDTHH:mm:ssZ", "2016-09-07T02:00:00+02:00", "2016-09-07T00:00:00.000Z"),
    ("X", "1473206485.67", "2016-09-07T00:01:25.670Z"), ("x", "-1", "1969-12-31T23:59:59.999Z"),
    ("YYYY DDD", "2016 60", "2016-02-29T00:00:00.000Z"),
    ("hmm a YYYY", "134 pm 2016", "2016-01-01T13:34:00.000Z"),
    ("dddd, D MMM YYYY", "Wed, 7 sep 2016", "2016-09-07T00:00:00.000Z"),
    ("DD.MM.YYYY", "am 7.9.2016 oder so", "2016-09-07T00:00:00.000Z"),
    ("YYYY Q", "2016 3", "2016-07-01T00:00:00.000Z"),
    ("kk YYYY", "24 2016", "2016-01-01T00:00:00.000Z"),
    ("D", "9", "2016-09-09T00:00:00.000Z"), ("MMM", "May", "2016-05-01T00:00:00.000Z"),
    ("YYYY-MM-DD HH", "2016-09-07 24", "2016-09-08T00:00:00.000Z"),
  ])
  func `tokens read the parts of a date`(
    _ format: String,
    _ text: String,
    _ expected: String
  ) throws {
    let instant = try DateFormat(Text(format)).instant(of: Text(text), now: Self.present)
    #expect(instant.iso8601 == Text(expected))
  }

  @Test(arguments: [
    ("YYYY-MM-DD", ""), ("YYYY-MM-DD", "soon"), ("D/M/YYYY", "30/2/2016"), ("MMM YYYY", "Foo 2016"),
    ("dddd D/M/YYYY", "Monday 7/9/2016"), ("HH:mm YYYY", "25:00 2016"), ("x", "99999999999999999"),
    ("YYYY DDD", "2015 366"), ("", "2016"), ("dddd YYYY", "Moonday 2016"),
  ])
  func `what names no date is refused`(_ format: String, _ text: String) {
    #expect(throws: DateReadingError.noMatch) {
      try DateFormat(Text(format)).instant(of: Text(text), now: Self.present)
    }
  }

  @Test func `a token that reads nothing is named`() {
    #expect(throws: DateReadingError.unreadableToken("WW")) {
      try DateFormat("WW").instant(of: "12", now: Self.present)
    }
  }
}
