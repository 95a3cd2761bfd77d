public import Values

extension DateFormat {
  /// The text of an instant as the clocks of a zone show it.
  ///
  /// An instant that JavaScript's dates cannot hold becomes `Invalid date`.
  ///
  /// - Complexity: O(*n*) in the length of the format.
  public func text(of instant: Instant, in zone: ZoneAnswer = .utc) -> Text {
    guard instant.isDate else { return "Invalid date" }
    let moment = LocalMoment(instant, zone)
    var bytes: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .literal(let literal): bytes += literal
      case .token(let token): bytes += moment.text(of: token)
      }
    }
    return Text(wtf8: bytes)
  }
}

/// An instant with what a zone's clocks show.
private struct LocalMoment {
  let instant: Instant
  let zone: ZoneAnswer
  let civil: CivilFields
  let weekday: Int
  let dayOfYear: Int

  init(_ instant: Instant, _ zone: ZoneAnswer) {
    self.instant = instant
    self.zone = zone
    civil = CivilFields(
      Instant(milliseconds: instant.milliseconds + Int64(zone.offsetSeconds) * 1_000)
    )
    let day = CivilFields.dayNumber(year: civil.year, month: civil.month, day: civil.day)
    weekday = ((day + 4) % 7 + 7) % 7
    dayOfYear = day - CivilFields.dayNumber(year: civil.year, month: 1, day: 1) + 1
  }

  func text(of token: DateToken) -> [UInt8] {
    let text = dateText(token) ?? yearText(token) ?? weekText(token) ?? timeText(token)
    return Array((text ?? zoneText(token) ?? token.rawValue).utf8)
  }

  private func dateText(_ token: DateToken) -> String? {
    switch token {
    case .month: "\(civil.month)"
    case .monthOrdinal: EnglishDate.ordinal(civil.month)
    case .monthPadded: padded(civil.month, 2)
    case .monthShort: String(EnglishDate.months[civil.month - 1].prefix(3))
    case .monthName: EnglishDate.months[civil.month - 1]
    case .quarter: "\((civil.month + 2) / 3)"
    case .quarterOrdinal: EnglishDate.ordinal((civil.month + 2) / 3)
    case .day: "\(civil.day)"
    case .dayOrdinal: EnglishDate.ordinal(civil.day)
    case .dayPadded: padded(civil.day, 2)
    case .dayOfYear: "\(dayOfYear)"
    case .dayOfYearOrdinal: EnglishDate.ordinal(dayOfYear)
    case .dayOfYearPadded: padded(dayOfYear, 3)
    case .weekday, .localWeekday: "\(weekday)"
    case .weekdayOrdinal: EnglishDate.ordinal(weekday)
    case .weekdayMinimal: String(EnglishDate.weekdays[weekday].prefix(2))
    case .weekdayShort: String(EnglishDate.weekdays[weekday].prefix(3))
    case .weekdayName: EnglishDate.weekdays[weekday]
    case .isoWeekday: "\(weekday == 0 ? 7 : weekday)"
    default: nil
    }
  }

  private func yearText(_ token: DateToken) -> String? {
    let year = civil.year
    let eraYear = year > 0 ? year : 1 - year
    return switch token {
    case .year: year <= 9_999 ? padded(year, 4) : "+\(year)"
    case .year2: padded(year % 100, 2, isNegative: year < 0)
    case .year4: padded(year, 4)
    case .year5: padded(year, 5)
    case .year6: (year < 0 ? "" : "+") + padded(year, 6)
    case .eraYear: "\(eraYear)"
    case .eraYearOrdinal: EnglishDate.ordinal(eraYear)
    case .eraYear2: padded(eraYear, 2)
    case .eraYear3: padded(eraYear, 3)
    case .eraYear4: padded(eraYear, 4)
    case .era, .era2, .era3, .eraNarrow: year > 0 ? "AD" : "BC"
    case .eraName: year > 0 ? "Anno Domini" : "Before Christ"
    default: nil
    }
  }

  private func weekText(_ token: DateToken) -> String? {
    switch token {
    case .week: "\(week(.english).week)"
    case .weekOrdinal: EnglishDate.ordinal(week(.english).week)
    case .weekPadded: padded(week(.english).week, 2)
    case .isoWeek: "\(week(.iso).week)"
    case .isoWeekOrdinal: EnglishDate.ordinal(week(.iso).week)
    case .isoWeekPadded: padded(week(.iso).week, 2)
    case .weekYear2: padded(week(.english).year % 100, 2)
    case .weekYear4: padded(week(.english).year, 4)
    case .weekYear5: padded(week(.english).year, 5)
    case .isoWeekYear2: padded(week(.iso).year % 100, 2)
    case .isoWeekYear4: padded(week(.iso).year, 4)
    case .isoWeekYear5: padded(week(.iso).year, 5)
    default: nil
    }
  }

  private func week(_ rule: WeekOfYear.Rule) -> WeekOfYear {
    WeekOfYear(year: civil.year, dayOfYear: dayOfYear, rule: rule)
  }

  private func timeText(_ token: DateToken) -> String? {
    let hour12 = civil.hour % 12 == 0 ? 12 : civil.hour % 12
    let hourTo24 = civil.hour == 0 ? 24 : civil.hour
    let minute = padded(civil.minute, 2)
    let second = padded(civil.second, 2)
    return switch token {
    case .hour24: "\(civil.hour)"
    case .hour24Padded: padded(civil.hour, 2)
    case .hour12: "\(hour12)"
    case .hour12Padded: padded(hour12, 2)
    case .hourTo24: "\(hourTo24)"
    case .hourTo24Padded: padded(hourTo24, 2)
    case .time12: "\(hour12)\(minute)"
    case .time12Seconds: "\(hour12)\(minute)\(second)"
    case .time24: "\(civil.hour)\(minute)"
    case .time24Seconds: "\(civil.hour)\(minute)\(second)"
    case .minute: "\(civil.minute)"
    case .minutePadded: minute
    case .second: "\(civil.second)"
    case .secondPadded: second
    case .meridiemLower: civil.hour < 12 ? "am" : "pm"
    case .meridiemUpper: civil.hour < 12 ? "AM" : "PM"
    default: token.fractionDigits > 0 ? fraction(token.fractionDigits) : nil
    }
  }

  private func fraction(_ digits: Int) -> String {
    String((padded(civil.millisecond, 3) + "000000").prefix(digits))
  }

  private func zoneText(_ token: DateToken) -> String? {
    let minutes = abs(zone.offsetSeconds) / 60
    let sign = zone.offsetSeconds < 0 ? "-" : "+"
    return switch token {
    case .unixMilliseconds: "\(instant.milliseconds)"
    case .unixSeconds: "\(instant.wholeSeconds)"
    case .zoneName, .zoneNameLong: zone.abbreviation.description
    case .offset: "\(sign)\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    case .offsetPlain: "\(sign)\(padded(minutes / 60, 2))\(padded(minutes % 60, 2))"
    default: nil
    }
  }
}

extension Instant {
  /// Whole seconds since 1970, rounded down.
  var wholeSeconds: Int64 {
    let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// The number with zeros in front of its digits, and its sign before them.
private func padded(_ number: Int, _ width: Int, isNegative: Bool? = nil) -> String {
  let digits = "\(abs(number))"
  let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
  return (isNegative ?? (number < 0) ? "-" : "") + zeros + digits
}
