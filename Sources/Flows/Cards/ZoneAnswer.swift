public import Values

/// What a zone's clocks show at an instant: how far they are from UTC, and what they call it.
public struct ZoneAnswer: Hashable, Sendable {
  /// Seconds east of UTC.
  public let offsetSeconds: Int
  /// The abbreviation in use, such as `PDT`.
  public let abbreviation: Text
  /// Whether the zone exists; an unknown zone reads as UTC and is flagged.
  public let isKnown: Bool

  /// Makes an answer.
  public init(offsetSeconds: Int, abbreviation: Text, isKnown: Bool = true) {
    self.offsetSeconds = offsetSeconds
    self.abbreviation = abbreviation
    self.isKnown = isKnown
  }

  /// What UTC's clocks show.
  public static let utc = ZoneAnswer(offsetSeconds: 0, abbreviation: "UTC")
  /// What stands for a zone that does not exist.
  public static let unknownZone = ZoneAnswer(offsetSeconds: 0, abbreviation: "UTC", isKnown: false)
}

extension ZoneAnswer {
  /// Makes an answer of its recorded form, or nil where the value is none.
  public init?(_ value: Value) {
    guard case .object(let object) = value, case .number(let offset)? = object["offset"],
      let seconds = Int(exactly: offset), abs(seconds) <= 86_400 * 2,
      case .text(let abbreviation)? = object["abbreviation"],
      case .boolean(let isKnown)? = object["known"]
    else { return nil }
    self.init(offsetSeconds: seconds, abbreviation: abbreviation, isKnown: isKnown)
  }

  /// The answer as a recording keeps it.
  public var value: Value {
    [
      "offset": .number(Double(offsetSeconds)), "abbreviation": .text(abbreviation),
      "known": .boolean(isKnown),
    ]
  }
}
