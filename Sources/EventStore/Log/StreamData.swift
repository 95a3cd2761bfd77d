internal import Glibc

/// The types and the data of a stream's events, side by side.
///
/// Much cheaper than the events themselves, whose attributes are copied.
public struct StreamData: Sendable {
  /// The CloudEvents types that occur, each once.
  public private(set) var types: [String] = []
  private var typeNumbers: [UInt32] = []
  /// Of each event the place of its type, and where its data ends.
  private var events: [(type: Int, end: Int)] = []
  /// The data of all events, one after the other.
  public private(set) var bytes: [UInt8] = []

  fileprivate init(capacity: Int) {
    events.reserveCapacity(capacity)
  }

  fileprivate mutating func append(_ event: LentEvent) throws {
    let number = event.stored.header.type
    let type = typeNumbers.firstIndex(of: number) ?? typeNumbers.count
    if type == typeNumbers.count {
      typeNumbers.append(number)
      types.append(String(decoding: event.type, as: UTF8.self))
    }
    let data = try event.data()
    if events.isEmpty { bytes.reserveCapacity(min(data.count * events.capacity, 1 << 16)) }
    bytes.append(contentsOf: data)
    events.append((type, bytes.count))
  }

  /// How many events there are.
  public var count: Int { events.count }

  /// The place in `types` of the type of the event at a place.
  public func type(_ place: Int) -> Int { events[place].type }

  /// Whether the event at a place has those bytes.
  public func has(_ data: [UInt8], at place: Int) -> Bool {
    let range = range(place)
    guard range.count == data.count else { return false }
    return bytes.withUnsafeBytes { stored in
      data.withUnsafeBytes { data in
        guard let stored = stored.baseAddress, let data = data.baseAddress else { return true }
        return memcmp(stored + range.lowerBound, data, range.count) == 0
      }
    }
  }

  /// Where the data of the event at a place stands in `bytes`.
  public func range(_ place: Int) -> Range<Int> {
    (place == 0 ? 0 : events[place - 1].end)..<events[place].end
  }
}

extension EventLog {
  /// The types and the data of a stream's events, in order of their versions.
  ///
  /// - Throws: `EventLogError.corrupted` at an event that does not decode.
  /// - Complexity: O(*n*) in the length of the stream.
  public func data(of stream: StreamID) throws -> StreamData {
    let positions = try positions(of: stream)
    var data = StreamData(capacity: positions.count)
    try scan(positions) { event in
      try data.append(event)
      return true
    }
    return data
  }
}
