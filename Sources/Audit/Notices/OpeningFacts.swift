internal import EventStore

/// What the event that opened an alert tells beside the alert.
struct OpeningFacts {
  /// When it came into the log, in milliseconds since 1970; where the log's clock was ahead, when it was
  /// seen there.
  let received: Int64
  /// Whether the log dates it later than that.
  let isAhead: Bool
  /// How old it was then, in milliseconds.
  private let age: Int64
  /// Whom the alert's events speak for.
  private let origins: Set<String>

  /// So many events of an alert, beside the one that opened it, are asked whom they speak for.
  private static let asked = 16

  /// Finds out about the opening of an alert at a position; `seen` is when it was seen first.
  init(_ alert: Alert, _ opening: Position, seen: Int64, _ log: EventLog) throws {
    let event = try log.event(at: opening)
    let recorded = event?.recordedTime ?? 0
    received = min(recorded, seen)
    isAhead = recorded > seen
    let evidence = alert.events.first { $0.positions.contains(opening) }
    age = evidence.map { [received] in received - $0.time } ?? 0
    var origins: Set<String> = []
    let others = alert.events.lazy.flatMap(\.positions).filter { $0 != opening }.prefix(Self.asked)
    for position in [opening] + others {
      guard let event = try log.event(at: position) else { continue }
      origins.insert(String(decoding: event.attributes.source, as: UTF8.self))
    }
    self.origins = origins
  }

  /// Whether somebody with these terms is told.
  func fits(_ terms: NoticeTerms) -> Bool {
    age <= terms.within && (terms.origins.isEmpty || !origins.isDisjoint(with: terms.origins))
  }
}
