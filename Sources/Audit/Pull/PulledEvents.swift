internal import EventStore

/// How the log tells by which way an event came.
enum PulledEvents {
  /// What ties events to the connection that they were pulled by begins so.
  static let correlationPrefix = "pull-"

  /// Whether an event was pulled.
  static func isPulled(_ event: Event) -> Bool {
    event.attributes.correlation.starts(with: correlationPrefix.utf8)
  }

  /// The hook that an event came by; nil where it came another way.
  static func hook(of event: Event) -> String? {
    let correlation = event.attributes.correlation
    guard correlation.starts(with: "hook-".utf8) else { return nil }
    return String(decoding: correlation.dropFirst(5).prefix { $0 != 0x23 }, as: UTF8.self)
  }
}
