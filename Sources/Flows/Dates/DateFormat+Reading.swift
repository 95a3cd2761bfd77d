public import Values

/// Why a text could not be read by a date format.
public enum DateReadingError: Error, Hashable, Sendable {
  /// The format has a token that writes dates but reads none: weeks and eras.
  case unreadableToken(Text)
  /// The text holds nothing of the format, or a part out of its range.
  case noMatch
}

extension DateFormat {
  /// Whether a date read by this format takes its year, or more, from the present day.
  public var needsPresentDay: Bool {
    !pieces.contains {
      if case .token(let token) = $0 { token.givesYear } else { false }
    }
  }

  /// The instant that a text names by this format, in UTC unless the text names an offset.
  ///
  /// The match is as lenient as moment's: what is not in the format is passed over, and a part that
  /// is missing takes no part. Parts larger than the largest one read come from `now`, smaller ones
  /// are the first of their kind.
  ///
  /// - Throws: `DateReadingError` where the text names no date.
  /// - Complexity: O(*n* · *m*) in the lengths of text and format.
  public func instant(of text: Text, now: Instant) throws(DateReadingError) -> Instant {
    var reading = FormatReading(text)
    for piece in pieces {
      switch piece {
      case .literal(let literal): reading.pass(literal)
      case .token(let token): try reading.read(token)
      }
    }
    guard let instant = reading.instant(now: CivilFields(now)) else { throw .noMatch }
    return instant
  }
}

extension DateToken {
  fileprivate var givesYear: Bool {
    switch self {
    case .year, .year2, .year4, .year5, .year6, .eraYear, .eraYear2, .eraYear3, .eraYear4,
      .unixSeconds, .unixMilliseconds:
      true
    default: false
    }
  }
}

/// What has been read of a text, and where the reading stands.
private struct FormatReading {
  private var scanner: ByteScanner
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var dayOfYear: Int?
  private var clock = CivilFields(year: 0)
  private var isAfternoon: Bool?
  private var weekday: Int?
  private var whole: Instant?
  private var isInvalid = false
  private var hasReadAnything = false

  init(_ text: Text) {
    scanner = ByteScanner(text.bytes)
  }

  /// Passes a literal, wherever it comes next.
  mutating func pass(_ literal: [UInt8]) {
    guard !literal.isEmpty else { return }
    _ = find { scanner -> Bool? in
      guard scanner.bytes[scanner.position...].starts(with: literal) else { return nil }
      scanner.position += literal.count
      return true
    }
  }

  mutating func read(_ token: DateToken) throws(DateReadingError) {
    if readDate(token) || readTime(token) || readWhole(token) { return }
    switch token {
    case .zoneName, .zoneNameLong: return
    default: throw .unreadableToken(Text(token.rawValue))
    }
  }

  /// Tries a reading here and at every later place; the first success counts.
  private mutating func find<Result>(_ read: (inout ByteScanner) -> Result?) -> Result? {
    for position in scanner.position..<max(scanner.position, scanner.bytes.count) {
      var attempt = ByteScanner(scanner.bytes, at: position)
      if let result = read(&attempt) {
        scanner = attempt
        return result
      }
    }
    return nil
  }

  private mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    let number = find { $0.digits(digits) }
    if number != nil { hasReadAnything = true }
    return number
  }

  private mutating func word() -> [UInt8]? {
    let word = find { $0.word() }
    if word != nil { hasReadAnything = true }
    return word
  }
}

// MARK: - Reading tokens

extension FormatReading {
  private mutating func readDate(_ token: DateToken) -> Bool {
    switch token {
    case .month, .monthPadded:
      month = number(1...2) ?? month
    case .monthShort, .monthName:
      guard let word = word() else { break }
      month = EnglishDate.month(in: word)
      isInvalid = isInvalid || month == nil
    case .quarter:
      guard let quarter = number(1...1) else { break }
      month = (quarter - 1) * 3 + 1
    case .day, .dayPadded, .dayOrdinal:
      day = number(1...2) ?? day
    case .dayOfYear, .dayOfYearPadded:
      dayOfYear = number(1...3) ?? dayOfYear
    case .weekday:
      weekday = number(1...2) ?? weekday
    case .weekdayMinimal, .weekdayShort, .weekdayName:
      guard let word = word() else { break }
      weekday = EnglishDate.weekday(in: word)
      isInvalid = isInvalid || weekday == nil
    case .year, .year5, .year6:
      year = signedYear() ?? year
    case .eraYear, .eraYear2, .eraYear3, .eraYear4:
      year = number(1...6) ?? year
    case .year2:
      year = number(1...2).map(DateText.year(ofTwoDigits:)) ?? year
    case .year4:
      readYear4()
    default:
      return false
    }
    return true
  }

  private mutating func readYear4() {
    var digits = 0
    let read = find { scanner -> Int? in
      let start = scanner.position
      guard let number = scanner.digits(1...4) else { return nil }
      digits = scanner.position - start
      return number
    }
    guard let read else { return }
    hasReadAnything = true
    year = digits == 2 ? DateText.year(ofTwoDigits: read) : read
  }

  private mutating func signedYear() -> Int? {
    let year = find { scanner -> Int? in
      let sign = scanner.skip(anyOf: "+-")
      guard let number = scanner.digits(1...6) else { return nil }
      return sign == UInt8(ascii: "-") ? -number : number
    }
    if year != nil { hasReadAnything = true }
    return year
  }

  private mutating func readTime(_ token: DateToken) -> Bool {
    switch token {
    case .hour24, .hour24Padded, .hour12, .hour12Padded:
      clock.hour = number(1...2) ?? clock.hour
    case .hourTo24, .hourTo24Padded:
      guard let hour = number(1...2) else { break }
      clock.hour = hour == 24 ? 0 : hour
    case .minute, .minutePadded:
      clock.minute = number(1...2) ?? clock.minute
    case .second, .secondPadded:
      clock.second = number(1...2) ?? clock.second
    case .time12, .time24:
      guard let time = number(3...4) else { break }
      (clock.hour, clock.minute) = (time / 100, time % 100)
    case .time12Seconds, .time24Seconds:
      guard let time = number(5...6) else { break }
      (clock.hour, clock.minute, clock.second) = (time / 10_000, time / 100 % 100, time % 100)
    case .meridiemLower, .meridiemUpper:
      let letter = find { $0.skip(anyOf: "aApP") }
      guard let letter else { break }
      _ = scanner.skip(anyOf: "mM")
      isAfternoon = letter | 0x20 == UInt8(ascii: "p")
    default:
      guard token.fractionDigits > 0 else { return false }
      guard let milliseconds = find({ $0.milliseconds() }) else { break }
      clock.millisecond = milliseconds
      hasReadAnything = true
    }
    return true
  }

  private mutating func readWhole(_ token: DateToken) -> Bool {
    switch token {
    case .offset, .offsetPlain:
      guard let offset = find({ $0.offset() }) else { break }
      clock.offsetSeconds = offset
      hasReadAnything = true
    case .unixSeconds, .unixMilliseconds:
      let sign = find { scanner -> UInt8? in
        if let sign = scanner.skip(anyOf: "+-") { return sign }
        return scanner.next?.digit == nil ? nil : UInt8(ascii: "+")
      }
      guard let sign, let digits = number(1...16) else { break }
      var milliseconds = Double(digits)
      if token == .unixSeconds {
        milliseconds *= 1_000
        if scanner.skip(UInt8(ascii: ".")) { milliseconds += Double(scanner.milliseconds() ?? 0) }
      }
      whole = Instant(javaScript: sign == UInt8(ascii: "-") ? -milliseconds : milliseconds)
      isInvalid = isInvalid || whole == nil
    default:
      return false
    }
    return true
  }
}

// MARK: - The result

extension FormatReading {
  /// The instant of what has been read; nil where nothing was, or a part is out of its range.
  func instant(now: CivilFields) -> Instant? {
    guard hasReadAnything, !isInvalid else { return nil }
    if let whole { return whole }
    var fields = clock
    fields.year = year ?? now.year
    if let dayOfYear {
      guard (1...CivilFields.days(inYear: fields.year)).contains(dayOfYear) else { return nil }
      (fields.month, fields.day) = (1, 1)
      guard let start = fields.withAfternoon(isAfternoon).instant else { return nil }
      return Instant(milliseconds: start.milliseconds + Int64(dayOfYear - 1) * 86_400_000)
    }
    fields.month = month ?? (year == nil ? now.month : 1)
    fields.day = day ?? (year == nil && month == nil ? now.day : 1)
    if let weekday {
      let actual = CivilFields.dayNumber(
        year: fields.year,
        month: fields.month,
        day: fields.day
      )
      // A text whose weekday is not that of its date names no date.
      guard ((actual + 4) % 7 + 7) % 7 == weekday else { return nil }
    }
    return fields.withAfternoon(isAfternoon).instant
  }
}

extension CivilFields {
  /// The fields with an hour of a 12-hour clock turned into one of 24.
  fileprivate func withAfternoon(_ isAfternoon: Bool?) -> CivilFields {
    guard let isAfternoon, hour <= 12 else { return self }
    var fields = self
    fields.hour = hour % 12 + (isAfternoon ? 12 : 0)
    return fields
  }
}
