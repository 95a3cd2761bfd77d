internal import Values

/// A rule for the clocks of a zone in every year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Hashable, Sendable {
  /// The day of a year on which clocks change.
  private enum Day: Hashable, Sendable {
    /// Day 1...365, February 29 never being counted.
    case julian(Int)
    /// Day 0...365, February 29 being counted.
    case zeroBased(Int)
    /// A weekday of a week of a month; week 5 is the last.
    case weekday(month: Int, week: Int, weekday: Int)
  }

  /// A change of the clocks: a day and the seconds from its midnight.
  private struct Change: Hashable, Sendable {
    let day: Day
    let seconds: Int
  }

  private struct Summer: Hashable, Sendable {
    let answer: ZoneAnswer
    let start: Change
    let end: Change
  }

  private let standard: ZoneAnswer
  private let summer: Summer?

  /// Reads a rule; nil where the bytes are none.
  init?(_ bytes: [UInt8]) {
    var scanner = ByteScanner(bytes)
    guard let name = Self.name(&scanner), let west = Self.time(&scanner, hours: 24) else {
      return nil
    }
    standard = ZoneAnswer(offsetSeconds: -west, abbreviation: name)
    if scanner.isAtEnd {
      summer = nil
    } else {
      guard let summer = Self.summer(&scanner, standardWest: west), scanner.isAtEnd else {
        return nil
      }
      self.summer = summer
    }
  }

  /// What the clocks show at a time in seconds since 1970.
  func answer(at seconds: Int64) -> ZoneAnswer {
    guard let summer else { return standard }
    let clamped = max(-9_000_000_000_000, min(9_000_000_000_000, seconds))
    let local = Instant(milliseconds: (clamped + Int64(standard.offsetSeconds)) * 1_000)
    let year = CivilFields(local).year
    let start = Self.seconds(of: summer.start, year: year) - standard.offsetSeconds
    let end = Self.seconds(of: summer.end, year: year) - summer.answer.offsetSeconds
    let now = Int(clamped)
    let isSummer = start < end ? (start..<end).contains(now) : !(end..<start).contains(now)
    return isSummer ? summer.answer : standard
  }

  /// When the clocks change in the years about a time and behind it, ascending; seconds since 1970.
  func changes(after seconds: Int64) -> [Int64] {
    guard let summer else { return [] }
    let clamped = max(-9_000_000_000_000, min(9_000_000_000_000, seconds))
    let year = CivilFields(Instant(milliseconds: clamped * 1000)).year
    return (year - 1...year + 2).flatMap { year in
      [
        Self.seconds(of: summer.start, year: year) - standard.offsetSeconds,
        Self.seconds(of: summer.end, year: year) - summer.answer.offsetSeconds,
      ]
    }
    .map(Int64.init).filter { $0 > seconds }.sorted()
  }

  /// When a change happens in a year, in seconds since 1970 by the clocks that it changes.
  private static func seconds(of change: Change, year: Int) -> Int {
    let january = CivilFields.dayNumber(year: year, month: 1, day: 1)
    let day: Int
    switch change.day {
    case .zeroBased(let number):
      day = january + number
    case .julian(let number):
      let isAfterLeapDay = number >= 60 && CivilFields.days(inYear: year) == 366
      day = january + number - 1 + (isAfterLeapDay ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      let first = CivilFields.dayNumber(year: year, month: month, day: 1)
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var dayOfMonth = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      if dayOfMonth >= CivilFields.days(inMonth: month, of: year) { dayOfMonth -= 7 }
      day = first + dayOfMonth
    }
    return day * 86_400 + change.seconds
  }
}

// MARK: - Reading

extension ZoneRule {
  private static func summer(_ scanner: inout ByteScanner, standardWest: Int) -> Summer? {
    guard let name = name(&scanner) else { return nil }
    var west = standardWest - 3_600
    if scanner.next != UInt8(ascii: ",") {
      guard let given = time(&scanner, hours: 24) else { return nil }
      west = given
    }
    guard scanner.skip(UInt8(ascii: ",")), let start = change(&scanner),
      scanner.skip(UInt8(ascii: ",")), let end = change(&scanner)
    else { return nil }
    let answer = ZoneAnswer(offsetSeconds: -west, abbreviation: name)
    return Summer(answer: answer, start: start, end: end)
  }

  /// Reads a name of letters, or one of letters, digits and signs between `<` and `>`.
  private static func name(_ scanner: inout ByteScanner) -> Text? {
    guard scanner.skip(UInt8(ascii: "<")) else {
      return scanner.word().map { Text(wtf8: $0) }
    }
    var name: [UInt8] = []
    while let next = scanner.next, next != UInt8(ascii: ">") {
      guard next.isLetter || next.digit != nil || next == 0x2B || next == 0x2D else { return nil }
      name.append(next)
      scanner.position += 1
    }
    return scanner.skip(UInt8(ascii: ">")) ? Text(wtf8: name) : nil
  }

  /// Reads `[±]H[:MM[:SS]]` as seconds.
  private static func time(_ scanner: inout ByteScanner, hours limit: Int) -> Int? {
    let sign = scanner.skip(anyOf: "+-")
    guard let hours = scanner.digits(1...3), hours <= limit else { return nil }
    var seconds = hours * 3_600
    for unit in [60, 1] {
      guard scanner.skip(UInt8(ascii: ":")) else { break }
      guard let number = scanner.digits(2), number < 60 else { return nil }
      seconds += number * unit
    }
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func change(_ scanner: inout ByteScanner) -> Change? {
    guard let day = day(&scanner) else { return nil }
    guard scanner.skip(UInt8(ascii: "/")) else { return Change(day: day, seconds: 7_200) }
    return time(&scanner, hours: 167).map { Change(day: day, seconds: $0) }
  }

  private static func day(_ scanner: inout ByteScanner) -> Day? {
    if scanner.skip(UInt8(ascii: "J")) {
      guard let number = scanner.digits(1...3), (1...365).contains(number) else { return nil }
      return .julian(number)
    }
    guard scanner.skip(UInt8(ascii: "M")) else {
      guard let number = scanner.digits(1...3), number <= 365 else { return nil }
      return .zeroBased(number)
    }
    guard let month = scanner.digits(1...2), (1...12).contains(month),
      scanner.skip(UInt8(ascii: ".")), let week = scanner.digits(1), (1...5).contains(week),
      scanner.skip(UInt8(ascii: ".")), let weekday = scanner.digits(1), weekday <= 6
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}
