internal import Values

/// The parts of a date as a text or a card names them, not yet checked.
struct CivilFields: Hashable, Sendable {
  var year: Int
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0
  var millisecond = 0
  /// Seconds east of UTC of the clock that the parts were read from.
  var offsetSeconds = 0

  init(year: Int, month: Int = 1, day: Int = 1) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The parts that UTC's clocks show at an instant.
  init(_ instant: Instant) {
    let civil = instant.components()
    self.init(year: civil.year, month: civil.month, day: civil.day)
    (hour, minute, second) = (civil.hour, civil.minute, civil.second)
    millisecond = civil.millisecond
  }

  /// The instant that the parts name, or nil where a part is out of its range.
  ///
  /// `24:00` is the midnight that ends the day.
  var instant: Instant? {
    guard abs(year) <= 300_000, (1...12).contains(month),
      (1...Self.days(inMonth: month, of: year)).contains(day),
      (0...23).contains(hour) || isMidnightAtEnd,
      (0...59).contains(minute), (0...59).contains(second), (0...999).contains(millisecond),
      abs(offsetSeconds) <= 172_800
    else { return nil }
    let days = Self.dayNumber(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offsetSeconds
    let instant = Instant(milliseconds: Int64(seconds) * 1_000 + Int64(millisecond))
    return instant.isDate ? instant : nil
  }

  private var isMidnightAtEnd: Bool {
    hour == 24 && minute == 0 && second == 0 && millisecond == 0
  }
}

extension CivilFields {
  /// How many days a month has.
  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// How many days a year has.
  static func days(inYear year: Int) -> Int { isLeap(year) ? 366 : 365 }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Days from 1970-01-01 to a day of the proleptic Gregorian calendar.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    // Years begin in March here, so that the leap day is the last day of a year.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Instant {
  /// The last instant that a JavaScript date can hold, counted from 1970 in either direction.
  static let dateRange: Int64 = 8_640_000_000_000_000

  /// Whether a JavaScript date can hold the instant.
  var isDate: Bool { (-Self.dateRange...Self.dateRange).contains(milliseconds) }

  /// Makes the instant of a JavaScript number of milliseconds, or nil where there is none.
  init?(javaScript milliseconds: Double) {
    guard milliseconds.isFinite, abs(milliseconds) <= Double(Self.dateRange) else { return nil }
    self.init(milliseconds: Int64(milliseconds))
  }
}
