public import EventStore
public import Flows
public import Replay
internal import Values

/// Finds the events that the event card of a new version waits for, and that of the old does not.
///
/// API endpoints start from what a hook addresses to them, which no version decides; schedules,
/// callers and people start the rest.
public struct NewStarts {
  private let log: EventLog
  private let old: EventCard?
  private let new: EventCard?

  /// Prepares the search for two versions of a flow.
  public init(_ log: EventLog, old: Flow, new: Flow) {
    self.log = log
    self.old = EventCard(old)
    self.new = EventCard(new)
  }

  /// The events that would start the new version only, in the order of the log.
  ///
  /// - Parameters:
  ///   - chosen: The events that are meant, nil for all.
  ///   - times: The times that are meant, in milliseconds since 1970: when an event says that it happened,
  ///     else when it was appended.
  /// - Returns: How many there are, and the first.
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*n*) in the number of events of the kind that the card waits for.
  public func find(
    among chosen: TriggerSelection? = nil,
    at times: Range<Int64> = .min ..< .max
  ) throws -> WouldStarts {
    var found = WouldStarts()
    guard let new, let source = EventCardMapping.source(of: new.name) else { return found }
    let all = Position(0)..<Position(.max)
    for position in try log.positions(matching: [[.exactly(source.term)]], in: all).positions {
      guard try chosen?.contains(position) ?? true, let event = try log.event(at: position),
        times.contains(event.timestamp ?? event.recordedTime)
      else { continue }
      let trigger = try EventTrigger(event, in: log)
      if trigger.starts(new), !(old.map(trigger.starts) ?? false) {
        found.add(Self.summary(of: event))
      }
    }
    return found
  }

  private static func summary(of event: Event) -> WouldStart {
    let read = try? JSONReader().withDocument(event.data) { EventSummary($0) }
    return WouldStart(
      position: event.position,
      id: event.attributes.id.isEmpty ? nil : Text(wtf8: event.attributes.id),
      type: Text(read?.type ?? event.type)
    )
  }
}
