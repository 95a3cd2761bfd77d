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
  /// The first day, empty for none.
  public let startDate: Text
  /// The last day, empty for none.
  public let endDate: Text
  /// How often the schedule repeats; 0 without an end.
  public let recurrence: Double
}

extension Cron: CustomStringConvertible {
  /// The schedule on one line: the six fields and the zone.
  public var description: String {
    [seconds, minutes, hours, dayOfTheMonth, month, dayOfTheWeek, timeZone]
      .map(\.description).joined(separator: " ")
  }
}
