extension Instant {
  private static let millisecondsInDay: Int64 = 86_400_000

  /// The date and time of day in UTC.
  public func components() -> CivilDateTime {
    let (days, rest) = Calendar.divide(milliseconds, by: Self.millisecondsInDay)
    let date = Calendar.date(ofDay: days)
    let time = Int(rest)
    return CivilDateTime(
      year: date.year,
      month: date.month,
      day: date.day,
      hour: time / 3_600_000,
      minute: time / 60_000 % 60,
      second: time / 1000 % 60,
      millisecond: time % 1000
    )
  }

  /// Makes the instant of a date and time in UTC, or nil where there is no such time or 64 bits of
  /// milliseconds do not reach it.
  public init?(civil: CivilDateTime) {
    guard civil.isValid,
      let days = Calendar.days(year: civil.year, month: civil.month, day: civil.day)
    else { return nil }
    let time =
      ((civil.hour * 60 + civil.minute) * 60 + civil.second) * 1000 + civil.millisecond
    // Before the epoch the product may pass the lower limit although the sum does not.
    let whole = days < 0 ? days + 1 : days
    let part = days < 0 ? Int64(time) - Self.millisecondsInDay : Int64(time)
    let product = whole.multipliedReportingOverflow(by: Self.millisecondsInDay)
    let sum = product.partialValue.addingReportingOverflow(part)
    guard !product.overflow, !sum.overflow else { return nil }
    self.init(milliseconds: sum.partialValue)
  }

  /// The instant that many milliseconds later, or nil where 64 bits do not reach it.
  public func adding(milliseconds: Int64) -> Instant? {
    let sum = self.milliseconds.addingReportingOverflow(milliseconds)
    return sum.overflow ? nil : Instant(milliseconds: sum.partialValue)
  }
}
