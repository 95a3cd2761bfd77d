public import Values

/// Reading the common spellings of dates, as every input of type *Date & Time* does.
///
/// In this order: five or more digits as milliseconds since 1970; ISO 8601, in UTC where it names no
/// offset; `M/D/YYYY` or `M/D/YY` with an optional time, years to 68 being of this century; RFC 2822;
/// `MMMM D, YYYY` with an optional time. White space around the text has no meaning.
public enum DateText {
  /// The instant that a text names, or nil where it has none of the spellings.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public static func instant(of text: Text) -> Instant? {
    let bytes = text.trimmed().bytes
    if let instant = epoch(bytes) { return instant }
    for spelling in [isoExtended, isoBasic, slashed, mail, named] {
      var scanner = ByteScanner(bytes)
      if let fields = spelling(&scanner), scanner.isAtEnd { return fields.instant }
    }
    return nil
  }

  /// The year of two digits, the way dates of one century around 2000 are written.
  static func year(ofTwoDigits year: Int) -> Int { year <= 68 ? 2_000 + year : 1_900 + year }

  private static func epoch(_ bytes: [UInt8]) -> Instant? {
    guard (5...16).contains(bytes.count) else { return nil }
    var scanner = ByteScanner(bytes)
    guard let number = scanner.digits(5...16), scanner.isAtEnd else { return nil }
    return Instant(javaScript: Double(number))
  }
}

// MARK: - ISO 8601

extension DateText {
  private static func isoExtended(_ scanner: inout ByteScanner) -> CivilFields? {
    guard let year = isoYear(&scanner) else { return nil }
    var fields = CivilFields(year: year)
    guard scanner.skip(UInt8(ascii: "-")) else { return fields }
    let dayOfYear = scanner.attempt { scanner -> Int? in
      guard let day = scanner.digits(3), scanner.next?.digit == nil else { return nil }
      return day
    }
    if let dayOfYear {
      guard set(dayOfYear: dayOfYear, of: &fields) else { return nil }
    } else {
      guard let month = scanner.digits(2) else { return nil }
      fields.month = month
      guard scanner.skip(UInt8(ascii: "-")) else { return fields }
      guard let day = scanner.digits(2) else { return nil }
      fields.day = day
    }
    return isoTime(&scanner, &fields) ? fields : nil
  }

  private static func isoYear(_ scanner: inout ByteScanner) -> Int? {
    guard let sign = scanner.skip(anyOf: "+-") else { return scanner.digits(4) }
    guard let year = scanner.digits(6) else { return nil }
    return sign == UInt8(ascii: "-") ? -year : year
  }

  private static func set(dayOfYear: Int, of fields: inout CivilFields) -> Bool {
    guard (1...CivilFields.days(inYear: fields.year)).contains(dayOfYear) else { return false }
    var day = dayOfYear
    while day > CivilFields.days(inMonth: fields.month, of: fields.year) {
      day -= CivilFields.days(inMonth: fields.month, of: fields.year)
      fields.month += 1
    }
    fields.day = day
    return true
  }

  /// Reads `T`, a time and an offset, all of which may be missing.
  private static func isoTime(_ scanner: inout ByteScanner, _ fields: inout CivilFields) -> Bool {
    guard scanner.skip(anyOf: "Tt ") != nil else { return true }
    guard let hour = scanner.digits(2) else { return false }
    fields.hour = hour
    if scanner.skip(UInt8(ascii: ":")) {
      guard let minute = scanner.digits(2) else { return false }
      fields.minute = minute
      guard readSeconds(&scanner, &fields) else { return false }
    }
    scanner.skipSpaces()
    if !scanner.isAtEnd {
      guard let offset = scanner.offset() else { return false }
      fields.offsetSeconds = offset
    }
    return true
  }

  /// Reads `:ss` with a fraction, both of which may be missing.
  private static func readSeconds(
    _ scanner: inout ByteScanner,
    _ fields: inout CivilFields
  ) -> Bool {
    guard scanner.skip(UInt8(ascii: ":")) else { return true }
    guard let second = scanner.digits(2) else { return false }
    fields.second = second
    guard scanner.skip(anyOf: ".,") != nil else { return true }
    guard let milliseconds = scanner.milliseconds() else { return false }
    fields.millisecond = milliseconds
    return true
  }

  /// Reads `YYYYMMDDTHHmm[ss[.SSS]]` with an optional offset.
  private static func isoBasic(_ scanner: inout ByteScanner) -> CivilFields? {
    guard let year = scanner.digits(4), let month = scanner.digits(2), let day = scanner.digits(2),
      scanner.skip(UInt8(ascii: "T")), let hour = scanner.digits(2), let minute = scanner.digits(2)
    else { return nil }
    var fields = CivilFields(year: year, month: month, day: day)
    fields.hour = hour
    fields.minute = minute
    if let second = scanner.digits(2) {
      fields.second = second
      if scanner.skip(anyOf: ".,") != nil {
        guard let milliseconds = scanner.milliseconds() else { return nil }
        fields.millisecond = milliseconds
      }
    }
    if !scanner.isAtEnd {
      guard let offset = scanner.offset() else { return nil }
      fields.offsetSeconds = offset
    }
    return fields
  }
}

// MARK: - Other spellings

extension DateText {
  /// Reads `M/D/YYYY` or `M/D/YY` with an optional time.
  private static func slashed(_ scanner: inout ByteScanner) -> CivilFields? {
    guard let month = scanner.digits(1...2), scanner.skip(UInt8(ascii: "/")),
      let day = scanner.digits(1...2), scanner.skip(UInt8(ascii: "/"))
    else { return nil }
    let start = scanner.position
    guard let year = scanner.digits(2...4), scanner.position - start != 3 else { return nil }
    var fields = CivilFields(
      year: scanner.position - start == 2 ? Self.year(ofTwoDigits: year) : year,
      month: month,
      day: day
    )
    return clock(&scanner, &fields) ? fields : nil
  }

  /// Reads `[Wed, ]7 Sep 2016 16:55:25 +0000`, the date form of mail and HTTP headers.
  private static func mail(_ scanner: inout ByteScanner) -> CivilFields? {
    _ = scanner.attempt { scanner -> Bool? in
      guard let word = scanner.word(), EnglishDate.weekday(in: word) != nil,
        scanner.skip(UInt8(ascii: ","))
      else { return nil }
      return true
    }
    scanner.skipSpaces()
    guard let day = scanner.digits(1...2) else { return nil }
    scanner.skipSpaces()
    guard let word = scanner.word(), let month = EnglishDate.month(in: word) else { return nil }
    scanner.skipSpaces()
    let start = scanner.position
    guard let year = scanner.digits(2...4) else { return nil }
    var fields = CivilFields(
      year: scanner.position - start == 4 ? year : year + (year < 50 ? 2_000 : 1_900),
      month: month,
      day: day
    )
    guard clock(&scanner, &fields) else { return nil }
    guard !scanner.isAtEnd else { return fields }
    scanner.skipSpaces()
    guard let offset = scanner.offset() ?? scanner.word().flatMap(namedOffset) else { return nil }
    fields.offsetSeconds = offset
    return fields
  }

  /// The offset of a zone name that RFC 2822 knows.
  private static func namedOffset(_ word: [UInt8]) -> Int? {
    let hours: [String: Int] = [
      "GMT": 0, "UT": 0, "UTC": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
      "MDT": -6, "PST": -8, "PDT": -7,
    ]
    return hours[String(decoding: word, as: UTF8.self)].map { $0 * 3_600 }
  }

  /// Reads `September 7, 2016` with an optional time.
  private static func named(_ scanner: inout ByteScanner) -> CivilFields? {
    guard let word = scanner.word(), let month = EnglishDate.month(in: word) else { return nil }
    scanner.skipSpaces()
    guard let day = scanner.digits(1...2) else { return nil }
    _ = scanner.skip(UInt8(ascii: ","))
    scanner.skipSpaces()
    guard let year = scanner.digits(4) else { return nil }
    var fields = CivilFields(year: year, month: month, day: day)
    return clock(&scanner, &fields) ? fields : nil
  }

  /// Reads a time such as `16:55:25.670` or `4:55 pm` after a date; it may be missing.
  private static func clock(_ scanner: inout ByteScanner, _ fields: inout CivilFields) -> Bool {
    _ = scanner.skip(UInt8(ascii: ","))
    scanner.skipSpaces()
    guard !scanner.isAtEnd else { return true }
    guard let hour = scanner.digits(1...2), scanner.skip(UInt8(ascii: ":")),
      let minute = scanner.digits(2)
    else { return false }
    fields.hour = hour
    fields.minute = minute
    guard readSeconds(&scanner, &fields) else { return false }
    return readMeridiem(&scanner, &fields)
  }

  private static func readMeridiem(
    _ scanner: inout ByteScanner,
    _ fields: inout CivilFields
  ) -> Bool {
    let letter = scanner.attempt { scanner -> UInt8? in
      scanner.skipSpaces()
      guard let letter = scanner.skip(anyOf: "aApP"), scanner.skip(anyOf: "mM") != nil else {
        return nil
      }
      return letter | 0x20
    }
    guard let letter else { return true }
    guard (1...12).contains(fields.hour) else { return false }
    fields.hour = fields.hour % 12 + (letter == UInt8(ascii: "p") ? 12 : 0)
    return true
  }
}
