/// Makes varied System Log entries, the same ones for the same seed on every machine.
///
/// Entries have the members Okta documents, in 51 event shapes. Actor, address, agent, place,
/// group, app and debug values are drawn independently of each other, each with a few popular
/// choices and a long tail, so that compression and indexes meet what they meet in an org.
/// One entry in ten is a failure. An entry is one line of compact JSON of about 2 to 3.2 KB.
///
/// Everything in it is invented: people have addresses at example.com, and networks are those
/// reserved for documentation.
public struct EventGenerator: Sendable {
  /// Whether every entry keeps the documented form.
  public enum Regularity: Sendable {
    /// Every entry does.
    case regular
    /// One entry in twelve is odd in one way, as real logs are: see `EventOddity`.
    case irregular
  }

  var random: SplitMix64
  let population: EventPopulation
  let regularity: Regularity
  private let all: WeightedShapes
  private let failing: WeightedShapes
  private var clock: Int64
  private var day: Int64 = .min
  private var dayText: [UInt8] = []

  /// Makes the generator of `seed`.
  ///
  /// `start` is the first entry's earliest time, in milliseconds since 1970; entries follow each
  /// other by 0.9 s on average, and some are published up to 3 s before their predecessor.
  public init(
    seed: UInt64,
    regularity: Regularity = .regular,
    start: Int64 = 1_788_220_800_000
  ) {
    random = SplitMix64(seed: seed)
    population = EventPopulation(drawing: &random)
    self.regularity = regularity
    all = WeightedShapes(EventShape.all)
    failing = WeightedShapes(EventShape.all.filter { !$0.failures.isEmpty })
    clock = start
  }
}

extension EventGenerator {
  /// The next entry: one line of compact JSON, without a line break.
  public mutating func nextEvent() -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(3_600)
    appendEvent(to: &line)
    return line
  }

  /// The next `count` entries, each followed by a line break.
  ///
  /// - Complexity: O(count)
  public mutating func lines(_ count: Int) -> [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(count * 2_900)
    for _ in 0..<count {
      appendEvent(to: &lines)
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }

  /// Appends the next entry to `line`, without a line break.
  public mutating func appendEvent(to line: inout [UInt8]) {
    let fails = random.once(in: 10)
    let shape = fails ? failing.draw(&random) : all.draw(&random)
    let oddity = regularity == .irregular && random.once(in: 12) ? EventOddity.draw(&random) : nil
    clock += Int64(random.below(1_800))
    writeEvent(Draft(shape: shape, fails: fails, oddity: oddity), to: &line)
  }

  /// What is decided about an entry before its members are drawn.
  struct Draft {
    let shape: EventShape
    let fails: Bool
    let oddity: EventOddity?
  }
}

// MARK: - Times

extension EventGenerator {
  /// Appends a time near the clock, as `yyyy-MM-ddTHH:mm:ss.SSSZ`.
  mutating func appendTime(to line: inout [UInt8], separator: UInt8 = UInt8(ascii: "T")) {
    let time = clock - Int64(random.below(3_000))
    let today = time.dividedByFlooring(86_400_000)
    if today != day {
      day = today
      dayText = Self.text(ofDay: today)
    }
    let instant = Int(time - today * 86_400_000)
    line.append(contentsOf: dayText)
    line.append(separator)
    line.append(digits: instant / 3_600_000, width: 2)
    line.append(UInt8(ascii: ":"))
    line.append(digits: instant / 60_000 % 60, width: 2)
    line.append(UInt8(ascii: ":"))
    line.append(digits: instant / 1_000 % 60, width: 2)
    line.append(UInt8(ascii: "."))
    line.append(digits: instant % 1_000, width: 3)
    line.append(UInt8(ascii: "Z"))
  }

  /// The date of a day counted from 1970, in the Gregorian calendar.
  private static func text(ofDay day: Int64) -> [UInt8] {
    // Years counted from March, so that the leap day is the last of its year.
    let shifted = day + 719_468
    let era = shifted.dividedByFlooring(146_097)
    let dayOfEra = Int(shifted - era * 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
    var text: [UInt8] = []
    text.append(digits: year, width: 4)
    text.append(UInt8(ascii: "-"))
    text.append(digits: month, width: 2)
    text.append(UInt8(ascii: "-"))
    text.append(digits: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, width: 2)
    return text
  }
}

extension Int64 {
  fileprivate func dividedByFlooring(_ divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

/// Shapes with their weights, drawn in proportion to them.
private struct WeightedShapes: Sendable {
  private let shapes: [EventShape]
  private let ends: [Int]

  init(_ shapes: [EventShape]) {
    self.shapes = shapes
    var ends: [Int] = []
    for shape in shapes { ends.append((ends.last ?? 0) + shape.weight) }
    self.ends = ends
  }

  func draw(_ random: inout SplitMix64) -> EventShape {
    let drawn = random.below(ends.last ?? 0)
    return shapes[ends.firstIndex { drawn < $0 } ?? 0]
  }
}
