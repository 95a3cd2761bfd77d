internal import Values

/// How grave an alert is: the risk level in an event's debug data.
public enum AlertSeverity: String, Hashable, Sendable, CaseIterable, Comparable {
  /// The level is LOW.
  case low
  /// The level is MEDIUM, or the event has none.
  case medium
  /// The level is HIGH.
  case high

  /// Whether `left` is less grave.
  public static func < (left: AlertSeverity, right: AlertSeverity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    }
  }
}

extension AlertSeverity {
  /// The severity by a System Log entry's `debugContext.debugData.risk`.
  ///
  /// - Parameters:
  ///   - level: Its member `level`, where it is an object.
  ///   - risk: Itself, where it is a text such as `{reasons=…, level=HIGH}`.
  init(level: Text?, risk: Text?) {
    var level = level
    if let risk, let place = risk.utf16LastIndex(of: "level=") {
      let rest = risk.utf16Slice(place + 6..<risk.utf16Count)
      level = Text(
        wtf8: Array(rest.bytes.prefix { $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: ",") })
      )
    }
    self =
      level.flatMap { AlertSeverity(rawValue: $0.trimmed().lowercased().description) } ?? .medium
  }
}
