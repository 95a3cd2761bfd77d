/// A date and time of day in UTC, by the proleptic Gregorian calendar.
///
/// The fields are free: an `Instant` is made only of those that name a day and a time that exist.
public struct CivilDateTime: Hashable, Sendable {
  /// The year; 0 is the year before 1, and years before are negative.
  public var year: Int
  /// The month, 1 to 12.
  public var month: Int
  /// The day of the month, from 1.
  public var day: Int
  /// The hour, 0 to 23.
  public var hour: Int
  /// The minute, 0 to 59.
  public var minute: Int
  /// The second, 0 to 59.
  public var second: Int
  /// The millisecond, 0 to 999.
  public var millisecond: Int

  /// Makes a date and time of its fields, which are not checked.
  public init(
    year: Int,
    month: Int,
    day: Int,
    hour: Int = 0,
    minute: Int = 0,
    second: Int = 0,
    millisecond: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
  }
}

extension CivilDateTime {
  /// The day of the week, 0 for Sunday to 6 for Saturday; 0 where there is no such day.
  public var weekday: Int {
    guard isValid, let days = Calendar.days(year: year, month: month, day: day) else { return 0 }
    return Calendar.weekday(ofDay: days)
  }

  /// The day of the year, from 1; 0 where there is no such day.
  public var dayOfYear: Int {
    guard isValid, let days = Calendar.days(year: year, month: month, day: day),
      let first = Calendar.days(year: year, month: 1, day: 1)
    else { return 0 }
    return Int(days - first) + 1
  }

  /// Whether the fields name a day and a time that exist, in a year an `Instant` can reach.
  public var isValid: Bool {
    Calendar.years.contains(year) && (1...12).contains(month)
      && (1...Self.daysInMonth(month, ofYear: year)).contains(day)
      && (0...23).contains(hour) && (0...59).contains(minute) && (0...59).contains(second)
      && (0...999).contains(millisecond)
  }

  /// Whether the year has 366 days.
  public static func isLeapYear(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// How many days the month has, 1 being January; 0 where there is no such month.
  public static func daysInMonth(_ month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: isLeapYear(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1...12: 31
    default: 0
    }
  }
}
