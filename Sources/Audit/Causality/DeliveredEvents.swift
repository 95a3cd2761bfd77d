internal import EventStore
internal import Values

/// Finds the log events that deliveries brought, whether or not they were new to the log then.
///
/// An event that came earlier, by the API or in another delivery, with the same bytes stands in the log
/// once. What the delivery says tells what it brought; the event's own cause tells only what was first.
final class DeliveredEvents {
  /// An event that a delivery brought.
  struct Brought {
    let id: Text
    let position: Position
  }

  private let log: EventLog
  private let reader = InboundReader()
  private var recent: (delivery: Position, brought: [Brought])?

  init(_ log: EventLog) {
    self.log = log
  }
}

extension DeliveredEvents {
  /// What the event at a position brought.
  ///
  /// - Complexity: O(*n* log *m*) in what it brought and the size of the log.
  func brought(by position: Position) throws -> [Brought] {
    if let recent, recent.delivery == position { return recent.brought }
    return try log.event(at: position).map(brought) ?? []
  }

  /// What an event brought, in the order in which it stands there; nothing where it is no delivery.
  func brought(by event: Event) throws -> [Brought] {
    if let recent, recent.delivery == event.position { return recent.brought }
    guard event.isDelivery, let parts = try? reader.read(event.data, as: .oktaEventHook) else {
      return []
    }
    var found: [Brought] = []
    var known: Set<Position> = []
    for part in parts where part.parent != nil {
      let bytes = Array(event.data[part.range])
      let id = part.id.map(Array.init) ?? Intake.digestID(of: bytes)
      let same = try log.events(source: event.attributes.source, id: id).first { $0.data == bytes }
      guard let same, known.insert(same.position).inserted else { continue }
      found.append(Brought(id: Text(wtf8: id), position: same.position))
    }
    recent = (event.position, found)
    return found
  }
}

extension Event {
  /// Whether the event is an event hook's delivery, or a copy of one with other bytes.
  fileprivate var isDelivery: Bool {
    type == InboundEventType.of(.oktaEventHook) || type == Event.conflictingType
  }
}
