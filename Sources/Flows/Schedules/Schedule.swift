public import Values

/// When a flow starts by itself: Okta's schedule, with the clocks of its zone.
///
/// Where both days of the month and days of the week are limited, either will do. Where the clocks
/// change, a daily time is due once: one that they skip by the clocks before the change, one that
/// they show twice the first time. A schedule that names every hour follows the time that passes.
public struct Schedule: Hashable, Sendable {
  /// The schedule as the export has it.
  public let cron: Cron
  let pattern: WallPattern
  let zone: ZoneFile
  /// The seconds since 1970 outside which nothing is due.
  private let limits: Range<Int64>

  /// How far ahead is looked; what is due at all is due within eight years, from one leap day to the
  /// next over a century that has none.
  private static let horizon: Int64 = 9 * 366 * WallPattern.secondsInDay
  /// What an instant can reach, and some room.
  private static let reach: Int64 = 8_000_000_000_000

  /// Reads a schedule.
  ///
  /// - Parameters:
  ///   - cron: The schedule in the export's words.
  ///   - zones: The time zones of the machine.
  /// - Throws: `ScheduleError` where it does not read, or its zone is unknown.
  public init(_ cron: Cron, zones: ZoneDatabase) throws(ScheduleError) {
    self.cron = cron
    pattern = try WallPattern(cron)
    guard cron.recurrence == 0 else { throw .recurrence(cron.recurrence) }
    guard let zone = zones.zone(cron.timeZone) else { throw .unknownZone(cron.timeZone) }
    self.zone = zone
    let start = try Self.limit(cron.startDate, zone, days: 0)
    let end = try Self.limit(cron.endDate, zone, days: 1)
    let first = start ?? -Self.reach
    limits = first..<max(first, end ?? Self.reach)
  }

  /// When a day begins, so many days later, in seconds since 1970; a time is itself, and the second
  /// behind it.
  private static func limit(
    _ text: Text,
    _ zone: ZoneFile,
    days: Int64
  ) throws(ScheduleError) -> Int64? {
    let text = text.trimmed()
    guard !text.isEmpty else { return nil }
    guard let instant = Instant(iso8601: text), abs(instant.wholeSeconds) < reach else {
      throw .date(text)
    }
    guard text.bytes.count == 10 else { return instant.wholeSeconds + days }
    return zone.instant(ofWall: instant.wholeSeconds + days * WallPattern.secondsInDay)
  }
}

extension Schedule {
  /// The first time behind an instant at which the flow starts; nil where it never does again.
  public func next(after instant: Instant) -> Instant? {
    var times = times(after: instant, through: .distant)
    return times.next().map(Self.instant)
  }

  /// The last time between two instants, the second included, at which the flow starts.
  ///
  /// - Complexity: O(*n*) in the starts of the last hour, or in those of ever longer stretches where
  ///   there was none.
  public func last(after start: Instant, through end: Instant) -> Instant? {
    for days in [0, 1, 32, 366, .max] as [Int64] {
      let length = days == 0 ? 3_600_000 : days == .max ? nil : days * 86_400_000
      let begin = max(start, length.flatMap { end.adding(milliseconds: -$0) } ?? start)
      var last: Int64?
      for time in times(after: begin, through: end) { last = time }
      if let last { return Self.instant(last) }
      if begin == start { break }
    }
    return nil
  }

  /// How often the flow starts between two instants, the second included; `limit` at most.
  ///
  /// - Complexity: O(*n*) in the answer.
  public func count(after start: Instant, through end: Instant, limit: Int) -> Int {
    times(after: start, through: end).prefix(limit).reduce(0) { count, _ in count + 1 }
  }

  /// What the zone's clocks show at an instant.
  public func clocks(at instant: Instant) -> ZoneAnswer { zone.answer(at: instant) }

  private func times(after start: Instant, through end: Instant) -> PlannedTimes {
    let first = max(limits.lowerBound, min(start.wholeSeconds, Self.reach) + 1)
    let last = min(limits.upperBound, end.wholeSeconds + 1, first + Self.horizon)
    return PlannedTimes(pattern, zone, in: first..<max(first, last))
  }

  private static func instant(_ seconds: Int64) -> Instant {
    Instant(milliseconds: seconds * 1000)
  }
}

extension Instant {
  /// Later than anything that is planned.
  fileprivate static let distant = Instant(milliseconds: 8_000_000_000_000_000)
}
