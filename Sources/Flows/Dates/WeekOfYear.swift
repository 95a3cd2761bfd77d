/// A week number with the year it belongs to, by the first weekday of weeks and the rule for the
/// first week.
struct WeekOfYear: Hashable, Sendable {
  /// How weeks are counted.
  enum Rule: Sendable {
    /// Weeks begin on Monday; the first holds January 4.
    case iso
    /// Weeks begin on Sunday; the first holds January 1.
    case english
  }

  let year: Int
  let week: Int

  /// The week of a day, given its year and its day of the year from 1.
  init(year: Int, dayOfYear: Int, rule: Rule) {
    let offset = Self.firstWeekOffset(of: year, rule)
    let week = Self.floorDivide(dayOfYear - offset - 1, 7) + 1
    if week < 1 {
      self.year = year - 1
      self.week = week + Self.weeks(in: year - 1, rule)
    } else if week > Self.weeks(in: year, rule) {
      self.year = year + 1
      self.week = week - Self.weeks(in: year, rule)
    } else {
      self.year = year
      self.week = week
    }
  }

  /// Days from January 1 to the first day of the first week.
  private static func firstWeekOffset(of year: Int, _ rule: Rule) -> Int {
    let (firstWeekday, januaryDay) = rule == .iso ? (1, 4) : (0, 1)
    let number = CivilFields.dayNumber(year: year, month: 1, day: januaryDay)
    let weekday = ((number + 4) % 7 + 7) % 7
    return januaryDay - 1 - (weekday - firstWeekday + 7) % 7
  }

  private static func weeks(in year: Int, _ rule: Rule) -> Int {
    let days = CivilFields.days(inYear: year)
    return (days - firstWeekOffset(of: year, rule) + firstWeekOffset(of: year + 1, rule)) / 7
  }

  private static func floorDivide(_ number: Int, _ divisor: Int) -> Int {
    number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
  }
}
