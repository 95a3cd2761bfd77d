/// Some events of a log with the long values they name, held in memory.
public struct EventExcerpt: Sendable {
  /// The key of a long value.
  private struct ValueKey: Hashable {
    let owner: [UInt8]
    let hash: [UInt8]
  }

  private var places: [Position: Int] = [:]
  private var events: [Event] = []
  private var streams: [StreamID: [Int]] = [:]
  private var values: [ValueKey: [UInt8]] = [:]

  /// Makes an excerpt of nothing.
  public init() {}
}

extension EventExcerpt {
  /// Adds an event, which belongs to its stream from then on; false where one is at its position already.
  public mutating func add(_ event: Event) -> Bool {
    guard places.updateValue(events.count, forKey: event.position) == nil else { return false }
    streams[event.attributes.stream, default: []].append(events.count)
    events.append(event)
    return true
  }

  /// Adds a long value.
  public mutating func add(_ value: StoredValue) {
    values[ValueKey(owner: value.owner, hash: value.hash)] = value.bytes
  }
}

extension EventExcerpt: EventSource {
  /// The event at a position, nil where the excerpt has none.
  public func event(at position: Position) -> Event? { places[position].map { events[$0] } }

  /// The events of a stream, in order of their positions.
  ///
  /// - Complexity: O(*n* log *n*) in their number.
  public func events(of stream: StreamID) -> [Event] {
    (streams[stream] ?? []).map { events[$0] }.sorted { $0.position < $1.position }
  }

  /// The long value of `owner` with that hash, or nil where there is none.
  public func value(owner: [UInt8], hash: [UInt8]) -> [UInt8]? {
    values[ValueKey(owner: owner, hash: hash)]
  }
}
