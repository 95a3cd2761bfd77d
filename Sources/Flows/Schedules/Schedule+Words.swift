internal import Values

extension Schedule {
  /// When the flow starts, in words, such as `at 09:00 on Sunday and Thursday`; the zone is not named.
  public var words: String { ScheduleWords(pattern).text + span }

  private var span: String {
    let start = cron.startDate.isEmpty ? "" : ", from \(cron.startDate) on"
    return start + (cron.endDate.isEmpty ? "" : ", until \(cron.endDate)")
  }
}

/// Says what a schedule's fields mean.
struct ScheduleWords {
  private let pattern: WallPattern

  init(_ pattern: WallPattern) {
    self.pattern = pattern
  }

  /// The whole in one line.
  var text: String {
    times + (days.isEmpty && isAt ? " every day" : days) + months
  }

  /// Whether so few times of day are due that all can be named.
  private var isAt: Bool {
    pattern.seconds.count == 1 && pattern.hours.count * pattern.minutes.count <= 6
  }

  private var times: String {
    let (minutes, hours) = (pattern.minutes, pattern.hours)
    if isAt { return "at " + Self.list(timesOfDay) }
    if pattern.seconds.values != [0] {
      return seconds + (minutes.isEverything ? "" : ofMinutes) + ofHours
    }
    if minutes.isEverything { return "every minute" + ofHours }
    if let step = Self.step(minutes) { return "every \(step) minutes" + ofHours }
    if minutes.count == 1, let minute = minutes.values.first {
      let behind = minute == 0 ? "" : " at minute \(minute)"
      if hours.isEverything { return "every hour" + behind }
      if let step = Self.step(hours) { return "every \(step) hours" + behind }
    }
    return "at minute\(minutes.count == 1 ? "" : "s") \(Self.numbers(minutes))"
      + (hours.isEverything ? " of every hour" : ofHours)
  }

  private var seconds: String {
    if pattern.seconds.isEverything { return "every second" }
    if let step = Self.step(pattern.seconds) { return "every \(step) seconds" }
    let plural = pattern.seconds.count == 1 ? "" : "s"
    let minute = pattern.minutes.isEverything ? " of every minute" : ""
    return "at second\(plural) \(Self.numbers(pattern.seconds))\(minute)"
  }

  private var ofMinutes: String {
    " of minute\(pattern.minutes.count == 1 ? "" : "s") \(Self.numbers(pattern.minutes))"
  }

  private var ofHours: String {
    guard !pattern.hours.isEverything else { return "" }
    return " of hour\(pattern.hours.count == 1 ? "" : "s") \(Self.numbers(pattern.hours))"
  }

  private var timesOfDay: [String] {
    pattern.hours.values.flatMap { hour in
      pattern.minutes.values.map { minute in
        let second = pattern.seconds.values.first ?? 0
        let parts = second == 0 ? [hour, minute] : [hour, minute, second]
        return parts.map(Self.twoDigits).joined(separator: ":")
      }
    }
  }

  private var days: String {
    var parts: [String] = []
    if !pattern.days.isEverything {
      let plural = pattern.days.count == 1 ? "" : "s"
      parts.append(" on day\(plural) \(Self.numbers(pattern.days)) of the month")
    }
    if !pattern.weekdays.isEverything {
      parts.append(" on " + Self.list(pattern.weekdays.values.map { Self.weekdayNames[$0] }))
    }
    return parts.joined(separator: " or")
  }

  private var months: String {
    guard !pattern.months.isEverything else { return "" }
    return " in " + Self.list(pattern.months.values.map { Self.monthNames[$0 - 1] })
  }
}

extension ScheduleWords {
  private static let weekdayNames = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// The distance of values that are as far from each other as the last is from the end; nil where
  /// they are not, or there is one.
  private static func step(_ set: CronSet) -> Int? {
    let values = set.values
    guard values.count > 1, values[0] == set.range.lowerBound else { return nil }
    let step = values[1] - values[0]
    let expected = stride(from: values[0], through: set.range.upperBound, by: step)
    return Array(expected) == values && set.range.count % step == 0 ? step : nil
  }

  /// Numbers, neighbours from three on as a range: `1, 8 to 18`.
  private static func numbers(_ set: CronSet) -> String {
    var runs: [ClosedRange<Int>] = []
    for value in set.values {
      if let last = runs.last, last.upperBound + 1 == value {
        runs[runs.count - 1] = last.lowerBound...value
      } else {
        runs.append(value...value)
      }
    }
    let parts = runs.flatMap { run in
      run.count > 2 ? ["\(run.lowerBound) to \(run.upperBound)"] : run.map { "\($0)" }
    }
    return list(parts)
  }

  private static func list(_ parts: [String]) -> String {
    guard parts.count > 1, let last = parts.last else { return parts.joined() }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
