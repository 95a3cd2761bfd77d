internal import Values

/// How long after its making a token begins or ceases to hold.
struct TokenSpan {
  private let seconds: Double
  /// Whether it was a text, whose end is a whole second.
  private let isText: Bool

  /// Reads a number of seconds, or a text such as `2h`, `1.5 days` or `-30s`; nil where the option was left out.
  ///
  /// A text without a unit counts milliseconds.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* where it is neither.
  init?(_ value: Value, _ option: String) throws(CardError) {
    switch value {
    case .null: return nil
    case .text(let text) where text.isEmpty: return nil
    case .number(let number) where number == number.rounded(.towardZero):
      (seconds, isText) = (number, false)
    case .text(let text):
      guard let milliseconds = Self.milliseconds(text) else { throw Self.refused(option) }
      (seconds, isText) = (milliseconds / 1000, true)
    default: throw Self.refused(option)
    }
  }

  private static func refused(_ option: String) -> CardError {
    CardError.invalidInput("\(option) is neither a whole number of seconds nor a time span.")
  }

  /// The second at which it ends that begins at `start`.
  func end(from start: Double) -> Double {
    isText ? (start + seconds).rounded(.down) : start + seconds
  }

  private static let units: [(names: [String], milliseconds: Double)] = [
    (["", "ms", "msec", "msecs", "millisecond", "milliseconds"], 1),
    (["s", "sec", "secs", "second", "seconds"], 1000),
    (["m", "min", "mins", "minute", "minutes"], 60_000),
    (["h", "hr", "hrs", "hour", "hours"], 3_600_000),
    (["d", "day", "days"], 86_400_000), (["w", "week", "weeks"], 604_800_000),
    (["y", "yr", "yrs", "year", "years"], 31_557_600_000),
  ]

  private static func milliseconds(_ text: Text) -> Double? {
    let text = text.lowercased().description
    let digits = text.prefix { $0 == "-" || $0 == "." || ("0"..."9").contains($0) }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard digits.last?.isNumber ?? false, let number = Double(digits),
      let factor = units.first(where: { $0.names.contains(String(unit)) })?.milliseconds
    else { return nil }
    return number * factor
  }
}
