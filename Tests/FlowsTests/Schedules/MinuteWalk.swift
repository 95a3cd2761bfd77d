import Foundation
import TestSupport
import Testing

/// The five fields of a random schedule: as text, and as the values they name.
struct RandomFields {
  let text: String
  let minutes: Set<Int>
  let hours: Set<Int>
  let days: Set<Int>
  let weekdays: Set<Int>

  init(_ random: inout SplitMix64) {
    let minutes = Self.field(0...59, everyIn: 3, &random)
    let hours = Self.field(0...23, everyIn: 2, &random)
    let days = Self.field(1...31, everyIn: 2, &random)
    let weekdays = Self.field(0...6, everyIn: 2, &random)
    text = [minutes.text, hours.text, days.text, "*", weekdays.text].joined(separator: " ")
    (self.minutes, self.hours) = (minutes.values, hours.values)
    (self.days, self.weekdays) = (days.values, weekdays.values)
  }

  private static func field(
    _ range: ClosedRange<Int>,
    everyIn times: Int,
    _ random: inout SplitMix64
  ) -> (text: String, values: Set<Int>) {
    if random.once(in: times) { return ("*", Set(range)) }
    // Small hours are where clocks change.
    let top = range == 0...23 ? 4 : range.count
    let first = range.lowerBound + random.below(top)
    let last = first + random.below(range.upperBound - first + 1)
    let step = 1 + random.below(20)
    switch random.below(4) {
    case 0: return ("\(first)", [first])
    case 1: return ("\(first),\(last)", [first, last])
    case 2: return ("\(first)-\(last)/\(step)", Set(stride(from: first, through: last, by: step)))
    default:
      let values = stride(from: range.lowerBound, through: range.upperBound, by: step)
      return ("*/\(step)", Set(values))
    }
  }

  /// Whether the fields name a wall time, in minutes since 1970.
  func name(_ wall: Int64) -> Bool {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents(
      [.minute, .hour, .day, .weekday],
      from: Date(timeIntervalSince1970: TimeInterval(wall) * 60)
    )
    guard let minute = parts.minute, let hour = parts.hour, let day = parts.day,
      let weekday = parts.weekday, minutes.contains(minute), hours.contains(hour)
    else { return false }
    let (isDay, isWeekday) = (days.contains(day), weekdays.contains(weekday - 1))
    if days.count == 31 { return isWeekday }
    return weekdays.count == 7 ? isDay : isDay || isWeekday
  }
}

/// Every minute of some days, with what a zone's clocks show, by Foundation's own zones.
struct MinuteWalk {
  private let first: Int64
  private let minutes: Int
  /// What the clocks show, in minutes since 1970, from two days before the first on.
  private let walls: [Int64]
  private static let lead = 2 * 1440

  init(_ zone: String, from first: Int64, days: Int) throws {
    let zone = try #require(TimeZone(identifier: zone))
    self.first = first
    minutes = days * 1440
    walls = (-Self.lead..<days * 1440).map { minute in
      let time = first + Int64(minute) * 60
      let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(time)))
      return (time + Int64(offset)) / 60
    }
  }

  /// When a schedule starts a flow: at the minutes that are named, for the first time unless every hour
  /// is, and as long behind a skip as the skipped minute stands in it.
  func starts(_ fields: RandomFields) -> [Int64] {
    var seen: Set<Int64> = []
    var places: Set<Int> = []
    for (place, wall) in walls.enumerated() {
      let isFirst = seen.insert(wall).inserted
      if isFirst || fields.hours.count == 24, fields.name(wall) { places.insert(place) }
      guard place > 0, wall > walls[place - 1] + 1 else { continue }
      for skipped in walls[place - 1] + 1..<wall where fields.name(skipped) {
        places.insert(place + Int(skipped - walls[place - 1] - 1))
      }
    }
    return places.sorted().map { $0 - Self.lead }.filter { (0..<minutes).contains($0) }
      .map { first + Int64($0) * 60 }
  }
}
