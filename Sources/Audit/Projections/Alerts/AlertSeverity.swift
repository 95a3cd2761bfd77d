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
  /// The severity of a System Log entry: `level=` in `debugContext.debugData.risk`.
  init(_ entry: Object) {
    let risk = entry.object("debugContext")?.object("debugData")?["risk"]
    var level: Text?
    switch risk {
    case .text(let text):
      // Written as `{reasons=…, level=HIGH}`.
      if let place = text.utf16LastIndex(of: "level=") {
        let rest = text.utf16Slice(place + 6..<text.utf16Count)
        level = Text(
          wtf8: Array(rest.bytes.prefix { $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: ",") })
        )
      }
    case .object(let object): level = object.textAt("level")
    default: break
    }
    self =
      level.flatMap { AlertSeverity(rawValue: $0.trimmed().lowercased().description) } ?? .medium
  }
}
