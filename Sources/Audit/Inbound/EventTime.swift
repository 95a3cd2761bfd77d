/// When an event says that it happened.
public struct EventTime: Hashable, Sendable {
  /// How the text was understood.
  public enum Reading: UInt8, Hashable, Sendable {
    /// The text is an ISO 8601 date and time with an offset, or a count of seconds.
    case exact = 0
    /// The text has a date and a time but no offset, or a space for the `T`: taken as UTC.
    case assumedUTC = 1
    /// There is a text, and it is no date and time.
    case unreadable = 2
    /// There is no text.
    case absent = 3
  }

  /// Milliseconds since 1970-01-01T00:00:00Z, cut off below; nil when not readable.
  public let milliseconds: Int64?
  /// How the text was understood.
  public let reading: Reading

  /// There is no text.
  public static let absent = EventTime(milliseconds: nil, reading: .absent)
  /// The text is no date and time.
  public static let unreadable = EventTime(milliseconds: nil, reading: .unreadable)

  /// Creates a time from its parts.
  public init(milliseconds: Int64?, reading: Reading) {
    self.milliseconds = milliseconds
    self.reading = reading
  }

  /// Reads a date and time, as leniently as the readings say.
  ///
  /// - Complexity: O(n).
  public init(_ text: UnsafeRawBufferPointer) {
    var parser = EventTimeParser(text)
    self = parser.parse() ?? .unreadable
  }

  /// Reads a date and time of an array.
  public init(_ text: [UInt8]) {
    self = text.withUnsafeBytes { EventTime($0) }
  }

  /// Reads seconds since 1970, whole or not.
  public init(secondsSince1970 seconds: Double) {
    let milliseconds = (seconds * 1000).rounded(.down)
    let isPlausible = abs(milliseconds) < 253_402_300_800_000
    self = isPlausible ? EventTime(milliseconds: Int64(milliseconds), reading: .exact) : .unreadable
  }
}

/// Reads `yyyy-MM-ddTHH:mm[:ss[.f…]][Z|±HH[:]mm]` without allocating.
private struct EventTimeParser {
  private let text: UnsafeRawBufferPointer
  private var position = 0

  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  mutating func parse() -> EventTime? {
    guard let day = parseDay(), let separator = next() else { return nil }
    guard separator | 0x20 == UInt8(ascii: "t") || separator == UInt8(ascii: " ") else {
      return nil
    }
    guard let time = parseTime() else { return nil }
    guard let offset = parseOffset() else { return nil }
    let isExact = separator != UInt8(ascii: " ") && offset.isGiven
    let milliseconds = day * 86_400_000 + time - offset.milliseconds
    return EventTime(milliseconds: milliseconds, reading: isExact ? .exact : .assumedUTC)
  }

  /// The days from 1970-01-01 to the date.
  private mutating func parseDay() -> Int64? {
    guard let year = digits(4), take("-"), let month = digits(2), take("-"),
      let day = digits(2), (1...12).contains(month), day >= 1
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [12 of Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[Int(month - 1)] else { return nil }
    // Years are counted from March, so that a leap day ends its year.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The milliseconds from midnight.
  private mutating func parseTime() -> Int64? {
    guard let hour = digits(2), hour <= 23, take(":"), let minute = digits(2), minute <= 59 else {
      return nil
    }
    var second: Int64 = 0
    var fraction: Int64 = 0
    if take(":") {
      // A leap second is the first millisecond after the minute.
      guard let given = digits(2), given <= 60 else { return nil }
      second = given
      if take(".") || take(",") {
        guard let given = parseFraction() else { return nil }
        fraction = given
      }
    }
    return ((hour * 60 + minute) * 60 + second) * 1000 + (second == 60 ? 0 : fraction)
  }

  /// The first three digits of a fraction of any length.
  private mutating func parseFraction() -> Int64? {
    var milliseconds: Int64 = 0
    var count = 0
    while position < text.count, text[position].isDigit {
      if count < 3 { milliseconds = milliseconds * 10 + Int64(text[position] - 0x30) }
      count += 1
      position += 1
    }
    guard count > 0 else { return nil }
    return count == 1 ? milliseconds * 100 : count == 2 ? milliseconds * 10 : milliseconds
  }

  /// The offset from UTC to the end of the text.
  private mutating func parseOffset() -> (milliseconds: Int64, isGiven: Bool)? {
    guard let sign = next() else { return (0, false) }
    if sign | 0x20 == UInt8(ascii: "z") { return position == text.count ? (0, true) : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    guard let hours = digits(2), hours <= 23 else { return nil }
    var minutes: Int64 = 0
    if position < text.count {
      _ = take(":")
      guard let given = digits(2), given <= 59 else { return nil }
      minutes = given
    }
    guard position == text.count else { return nil }
    let offset = (hours * 60 + minutes) * 60_000
    return (sign == UInt8(ascii: "-") ? -offset : offset, true)
  }

  private mutating func digits(_ count: Int) -> Int64? {
    guard text.count - position >= count else { return nil }
    var number: Int64 = 0
    for _ in 0..<count {
      guard text[position].isDigit else { return nil }
      number = number * 10 + Int64(text[position] - 0x30)
      position += 1
    }
    return number
  }

  private mutating func next() -> UInt8? {
    guard position < text.count else { return nil }
    position += 1
    return text[position - 1]
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }
}
