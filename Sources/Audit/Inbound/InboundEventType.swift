internal import EventStore

/// The types under which inbound events stand in the log.
///
/// The sender's own word for the type stays in the data: it must never make one of the log's own
/// events.
public enum InboundEventType {
  private static let prefix = "inbound."
  private static let prefixBytes = Array(prefix.utf8)
  private static let conflicting = Array(Event.conflictingType.utf8)

  /// The type of events that came in a format.
  public static func of(_ format: InboundFormat) -> String { prefix + format.rawValue }

  /// The type of events that came in a format, in UTF-8.
  static func bytes(of format: InboundFormat) -> [UInt8] {
    switch format {
    case .oktaSystemLog: oktaSystemLog
    case .oktaEventHook: oktaEventHook
    case .oktaExecutionLog: oktaExecutionLog
    case .slack, .typeform, .googleForms, .apiEndpoint, .cloudEvents, .json:
      Array(of(format).utf8)
    }
  }

  // Of those that come by the million, to be made once.
  private static let oktaSystemLog = Array(of(.oktaSystemLog).utf8)
  private static let oktaEventHook = Array(of(.oktaEventHook).utf8)
  private static let oktaExecutionLog = Array(of(.oktaExecutionLog).utf8)

  /// The format in which events of a type came, or nil where other systems do not send such.
  public static func format(of type: String) -> InboundFormat? {
    guard type.hasPrefix(prefix) else { return nil }
    return InboundFormat(rawValue: String(type.dropFirst(prefix.count)))
  }

  /// Whether a type is that of something another system sent.
  public static func isInbound(_ type: [UInt8]) -> Bool {
    type.starts(with: prefixBytes) || type == conflicting
  }
}
