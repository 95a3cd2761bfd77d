internal import EventStore

/// What the event that opened an alert tells beside the alert.
struct OpeningFacts {
  /// When it came into the log, in milliseconds since 1970.
  let recorded: Int64
  /// How old it was then, in milliseconds.
  private let age: Int64
  /// Whom the alert's events speak for.
  private let origins: Set<String>

  /// So many events of an alert are asked whom they speak for.
  private static let asked = 16

  init(_ alert: Alert, _ opening: Position, _ log: EventLog) throws {
    let event = try log.event(at: opening)
    recorded = event?.recordedTime ?? 0
    let evidence = alert.events.first { $0.positions.contains(opening) }
    age = evidence.map { [recorded] in recorded - $0.time } ?? 0
    var origins: Set<String> = []
    for position in alert.events.flatMap(\.positions).prefix(Self.asked) {
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
