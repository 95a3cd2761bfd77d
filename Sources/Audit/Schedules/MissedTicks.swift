public import EventStore
public import Values

/// Times at which a flow would have started, and did not: nothing is caught up.
public struct MissedTicks: Hashable, Sendable {
  /// Why they were missed.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// No server ran flows.
    case notServed = "not-served"
    /// The server was told to start no flow.
    case paused
    /// The server noticed too late: its machine slept, its process stood still, or the clock was put forward.
    case late
    /// The flow's tick before them still waited for a free worker.
    case busy
  }

  /// The flow's id.
  public let flow: Text
  /// The flow's name.
  public let name: Text
  /// The number of the version that was active.
  public let version: Int
  /// The zone whose clocks the schedule follows.
  public let zone: Text
  /// How many there were, or as many as are counted.
  public let count: Int
  /// Whether there were more than are counted.
  public let isMore: Bool
  /// The first planned time.
  public let first: Instant
  /// The last planned time.
  public let last: Instant
  /// Why they were missed.
  public let reason: Reason

  /// No more than so many are counted.
  public static let mostCounted = 100_000
}

extension MissedTicks {
  /// What an event tells of; nil where the event is none.
  init?(_ event: Event) {
    guard event.type == ScheduleEventType.missed.rawValue,
      let data = ViewRow.object(event.data), let flow = data.textAt("flow"),
      let name = data.textAt("name"), let version = data.integer("version"),
      let zone = data.textAt("zone"), let count = data.integer("count"),
      let first = data.textAt("first").flatMap(Instant.init(iso8601:)),
      let last = data.textAt("last").flatMap(Instant.init(iso8601:)),
      let reason = data.textAt("reason").flatMap({ Reason(rawValue: $0.description) })
    else { return nil }
    self.flow = flow
    self.name = name
    self.version = Int(version)
    self.zone = zone
    self.count = Int(count)
    isMore = data["more"] == .boolean(true)
    self.first = first
    self.last = last
    self.reason = reason
  }

  /// What was missed, as an event.
  public var draft: EventStore.EventDraft {
    var draft = EventStore.EventDraft(
      type: ScheduleEventType.missed.rawValue,
      source: Array("auditcli".utf8),
      stream: Self.stream(of: flow),
      data: JSON.serialize(
        .object([
          "flow": .text(flow), "name": .text(name), "version": .number(Double(version)),
          "zone": .text(zone), "count": .number(Double(count)), "more": .boolean(isMore),
          "first": .text(first.iso8601), "last": .text(last.iso8601),
          "reason": .text(Text(reason.rawValue)),
        ])
      )
    )
    draft.subject = flow.bytes
    draft.dictionaryClass = .recorded
    return draft
  }

  /// The stream of what a flow missed.
  static func stream(of flow: Text) -> StreamID {
    StreamID(bytes: Array("missed-".utf8) + flow.bytes)
  }
}

extension MissedTicks: CustomStringConvertible {
  /// What was missed, and what can be done, on one line.
  public var description: String {
    let label = "\(name)@\(version)"
    let times = count == 1 ? "\(first.iso8601)" : "\(first.iso8601) to \(last.iso8601)"
    let starts = count == 1 ? "1 start" : "\(isMore ? "more than " : "")\(count) starts"
    let why =
      switch reason {
      case .notServed: "while no server ran flows"
      case .paused: "while the server was told to start no flow"
      case .late: "since the server slept or stood still, or the clock was put forward"
      case .busy: "since the start before still waited for a free worker"
      }
    return "\(label) missed \(starts) \(why), planned for \(times); nothing was caught up. "
      + "`auditcli run \(flow) --live --input '\"TIME\"'` runs one of them"
  }
}
