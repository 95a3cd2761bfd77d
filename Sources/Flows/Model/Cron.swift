public import Values

/// The schedule of a flow, in the words its export uses.
public struct Cron: Hashable, Sendable {
  /// The seconds, such as `00`.
  public let seconds: Text
  /// The minutes, such as `*/15`.
  public let minutes: Text
  /// The hours.
  public let hours: Text
  /// The days of the month.
  public let dayOfTheMonth: Text
  /// The months.
  public let month: Text
  /// The days of the week.
  public let dayOfTheWeek: Text
  /// The zone whose clocks the schedule follows, by its IANA name.
  public let timeZone: Text
  /// The first day, or the first time, empty for none.
  public let startDate: Text
  /// The last day, or the last time, empty for none.
  public let endDate: Text
  /// 0 in every public export; what another number means is not documented.
  public let recurrence: Double

  /// Makes a schedule; what is left out is every one, or none.
  public init(
    seconds: Text = "00",
    minutes: Text = "*",
    hours: Text = "*",
    dayOfTheMonth: Text = "*",
    month: Text = "*",
    dayOfTheWeek: Text = "*",
    timeZone: Text = "UTC",
    startDate: Text = "",
    endDate: Text = "",
    recurrence: Double = 0
  ) {
    self.seconds = seconds
    self.minutes = minutes
    self.hours = hours
    self.dayOfTheMonth = dayOfTheMonth
    self.month = month
    self.dayOfTheWeek = dayOfTheWeek
    self.timeZone = timeZone
    self.startDate = startDate
    self.endDate = endDate
    self.recurrence = recurrence
  }
}

extension Cron: CustomStringConvertible {
  /// The schedule on one line: the six fields and the zone.
  public var description: String {
    [seconds, minutes, hours, dayOfTheMonth, month, dayOfTheWeek, timeZone]
      .map(\.description).joined(separator: " ")
  }
}
