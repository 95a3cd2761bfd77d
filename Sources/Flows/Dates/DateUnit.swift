internal import Values

/// A unit in which the date cards count.
enum DateUnit: String, CaseIterable, Sendable {
  case milliseconds, seconds, minutes, hours, days, weeks, months, years

  /// Makes the unit that an input names, or refuses the input.
  init(reading value: Value) throws(CardError) {
    let name = Coercion.text(of: value)?.lowercased().description ?? ""
    guard
      let unit = Self.allCases.first(where: { $0.rawValue == name || $0.rawValue == name + "s" })
    else { throw CardError.invalidInput("There is no unit of time \"\(name)\".") }
    self = unit
  }

  /// The length of the unit, nil where it depends on the calendar.
  var milliseconds: Double? {
    switch self {
    case .milliseconds: 1
    case .seconds: 1_000
    case .minutes: 60_000
    case .hours: 3_600_000
    case .days: 86_400_000
    case .weeks: 604_800_000
    case .months, .years: nil
    }
  }
}

extension Instant {
  /// The instant `amount` units later, days having 24 hours, months and years being steps of UTC's
  /// calendar that end at the month's last day at the latest; nil where no date can hold it.
  ///
  /// Fractions count, to the millisecond or to the month.
  func adding(_ amount: Double, _ unit: DateUnit) -> Instant? {
    guard let length = unit.milliseconds else {
      return adding(months: (amount * (unit == .years ? 12 : 1)).rounded())
    }
    return Instant(javaScript: Double(milliseconds) + (amount * length).rounded())
  }

  private func adding(months: Double) -> Instant? {
    guard abs(months) <= 12 * 600_000 else { return nil }
    var fields = CivilFields(self)
    let month = fields.year * 12 + fields.month - 1 + Int(months)
    fields.year = month >= 0 ? month / 12 : -((11 - month) / 12)
    fields.month = month - fields.year * 12 + 1
    guard abs(fields.year) <= 300_000 else { return nil }
    fields.day = min(fields.day, CivilFields.days(inMonth: fields.month, of: fields.year))
    return fields.instant
  }

  /// The months from `start` to this instant, the part of a month in proportion to its length.
  func months(since start: Instant) -> Double {
    let (early, late) = (CivilFields(start), CivilFields(self))
    // Counted from the later day of the month, so that the end of a month never overshoots.
    if late.day < early.day { return 0 - start.months(since: self) }
    let whole = (late.year - early.year) * 12 + late.month - early.month
    guard let anchor = adding(months: Double(-whole)) else { return 0 }
    let distance = Double(anchor.milliseconds - start.milliseconds)
    guard let next = adding(months: Double(distance > 0 ? -whole - 1 : -whole + 1)) else {
      return 0
    }
    let length = abs(Double(next.milliseconds - anchor.milliseconds))
    return Double(whole) + (length > 0 ? distance / length : 0)
  }
}
