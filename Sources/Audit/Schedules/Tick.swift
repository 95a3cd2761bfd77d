public import EventStore
public import Values

/// A time at which a flow starts by itself: flow, planned time and zone say which it is.
///
/// Its event has source `schedule`, an id of these three and nothing beside them in its data, so that
/// the log takes the same tick once, whoever appends it and whatever a clock shows.
public struct Tick: Hashable, Sendable {
  /// The flow's id.
  public let flow: Text
  /// When it was planned to start.
  public let planned: Instant
  /// The zone whose clocks the schedule follows.
  public let zone: Text

  /// Makes a tick.
  public init(flow: Text, planned: Instant, zone: Text) {
    self.flow = flow
    self.planned = planned
    self.zone = zone
  }

  /// The tick that an event tells of; nil where the event is none.
  public init?(_ event: Event) {
    guard event.type == ScheduleEventType.tick.rawValue, event.conflictsWith == nil,
      let data = ViewRow.object(event.data), let flow = data.textAt("flow"),
      let planned = data.textAt("planned").flatMap(Instant.init(iso8601:)),
      let zone = data.textAt("zone")
    else { return nil }
    self.init(flow: flow, planned: planned, zone: zone)
  }

  /// The tick as an event, whose cause is the one that made the version with the schedule active.
  public func draft(plannedBy activation: Position?) -> EventStore.EventDraft {
    let time = planned.iso8601
    let data: Value = ["flow": .text(flow), "planned": .text(time), "zone": .text(zone)]
    var draft = EventStore.EventDraft(
      type: ScheduleEventType.tick.rawValue,
      source: Array("schedule".utf8),
      stream: Self.stream(of: flow),
      data: JSON.serialize(data)
    )
    draft.id = Text.joined([flow, time, zone], separator: "/").bytes
    draft.identity = .sourceAndID
    draft.subject = flow.bytes
    draft.time = time.bytes
    draft.timestamp = planned.milliseconds
    draft.dictionaryClass = .recorded
    draft.cause = activation.map { .position($0) }
    return draft
  }

  /// The stream of a flow's ticks.
  static func stream(of flow: Text) -> StreamID {
    StreamID(bytes: Array("schedule-".utf8) + flow.bytes)
  }
}
