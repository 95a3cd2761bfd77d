internal import Values

/// The times of day and the days on which a schedule is due, by the clocks on the wall.
///
/// A wall time is counted in seconds as if the clocks showed UTC.
struct WallPattern: Hashable, Sendable {
  let seconds: CronSet
  let minutes: CronSet
  let hours: CronSet
  let days: CronSet
  let months: CronSet
  let weekdays: CronSet

  init(_ cron: Cron) throws(ScheduleError) {
    seconds = try CronReader.seconds.read(cron.seconds)
    minutes = try CronReader.minutes.read(cron.minutes)
    hours = try CronReader.hours.read(cron.hours)
    days = try CronReader.days.read(cron.dayOfTheMonth)
    months = try CronReader.months.read(cron.month)
    weekdays = try CronReader.weekdays.read(cron.dayOfTheWeek)
  }

  static let secondsInDay: Int64 = 86_400

  /// The first wall time in a range.
  ///
  /// - Complexity: O(*n*) in the days and months that are passed over.
  func first(in range: Range<Int64>) -> Int64? {
    var (day, second) = Self.split(range.lowerBound)
    while day * Self.secondsInDay < range.upperBound {
      let date = Self.date(day)
      guard months.contains(date.month) else {
        day += Int64(CivilDateTime.daysInMonth(date.month, ofYear: date.year) - date.day + 1)
        second = 0
        continue
      }
      if isDue(date), let found = timeOfDay(from: second) {
        let time = day * Self.secondsInDay + Int64(found)
        return time < range.upperBound ? time : nil
      }
      day += 1
      second = 0
    }
    return nil
  }

  /// Where both kinds of days are limited either will do, as POSIX has it for crontab.
  private func isDue(_ date: CivilDateTime) -> Bool {
    let (isDay, isWeekday) = (days.contains(date.day), weekdays.contains(date.weekday))
    if days.isEverything { return isWeekday }
    return weekdays.isEverything ? isDay : isDay || isWeekday
  }

  /// The first time of day, in seconds, that is not before `second`.
  private func timeOfDay(from second: Int) -> Int? {
    let start = (hour: second / 3600, minute: second / 60 % 60, second: second % 60)
    var hour = hours.first(from: start.hour)
    while let found = hour {
      var minute = minutes.first(from: found == start.hour ? start.minute : 0)
      while let next = minute {
        let isStart = found == start.hour && next == start.minute
        if let last = seconds.first(from: isStart ? start.second : 0) {
          return (found * 60 + next) * 60 + last
        }
        minute = minutes.first(from: next + 1)
      }
      hour = hours.first(from: found + 1)
    }
    return nil
  }

  private static func date(_ day: Int64) -> CivilDateTime {
    Instant(milliseconds: day * secondsInDay * 1000).components()
  }

  private static func split(_ time: Int64) -> (day: Int64, second: Int) {
    let (day, second) = time.quotientAndRemainder(dividingBy: secondsInDay)
    return second < 0 ? (day - 1, Int(second + secondsInDay)) : (day, Int(second))
  }
}
