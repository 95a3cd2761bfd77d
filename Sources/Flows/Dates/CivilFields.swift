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
    var civil = CivilDateTime(
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      millisecond: millisecond
    )
    var shift = -offsetSeconds
    if isMidnightAtEnd {
      civil.hour = 0
      shift += 86_400
    }
    guard let local = Instant(civil: civil), local.isDate, abs(offsetSeconds) <= 172_800 else {
      return nil
    }
    let instant = Instant(milliseconds: local.milliseconds + Int64(shift) * 1_000)
    return instant.isDate ? instant : nil
  }

  private var isMidnightAtEnd: Bool {
    hour == 24 && minute == 0 && second == 0 && millisecond == 0
  }
}

extension CivilFields {
  /// Days from 1970-01-01 to a day of the proleptic Gregorian calendar; 0 where there is no such
  /// day.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let midnight = Instant(civil: CivilDateTime(year: year, month: month, day: day))
    // A midnight is a whole number of days, so the division leaves nothing.
    return Int((midnight?.milliseconds ?? 0) / 86_400_000)
  }

  /// How many days a year has.
  static func days(inYear year: Int) -> Int { CivilDateTime.isLeapYear(year) ? 366 : 365 }

  /// How many days a month has.
  static func days(inMonth month: Int, of year: Int) -> Int {
    CivilDateTime.daysInMonth(month, ofYear: year)
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
