/// Counts the days of the proleptic Gregorian calendar.
///
/// The arithmetic works on eras of 400 years that begin on 1 March, so that the leap day comes last.
enum Calendar {
  /// The years that an instant's 64 bits of milliseconds can reach, and a few more.
  static let years = -292_280_000...292_280_000

  private static let daysInEra: Int64 = 146_097
  /// From 0000-03-01 to 1970-01-01.
  private static let daysToEpoch: Int64 = 719_468

  /// The days from 1970-01-01 to a date, negative before; nil for years out of reach.
  ///
  /// The month must be 1 to 12; the day may be any of the month.
  static func days(year: Int, month: Int, day: Int) -> Int64? {
    guard years.contains(year) else { return nil }
    let shifted = Int64(month <= 2 ? year - 1 : year)
    let (era, yearOfEra) = divide(shifted, by: 400)
    let monthFromMarch = Int64((month + 9) % 12)
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * daysInEra + dayOfEra - daysToEpoch
  }

  /// The date that many days after 1970-01-01.
  static func date(ofDay days: Int64) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = divide(days + daysToEpoch, by: daysInEra)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5) + 1
    let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
    let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  /// The weekday of a day counted from 1970-01-01, 0 for Sunday.
  static func weekday(ofDay days: Int64) -> Int {
    // The first of January 1970 was a Thursday.
    Int(divide(days + 4, by: 7).remainder)
  }

  /// Quotient rounded down, and the remainder, which is never negative.
  static func divide(
    _ dividend: Int64,
    by divisor: Int64
  ) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
