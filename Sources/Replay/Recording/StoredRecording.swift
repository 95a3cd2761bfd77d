internal import EventStore
internal import Values

/// The events of a recording as the log holds them.
struct StoredRecording {
  /// The types that occur.
  private let types: [RecordedEventType]
  private let events: StreamData

  /// Reads the events of the recording with that root; nil where there is none, and where an event
  /// is of another type than recordings have.
  ///
  /// - Complexity: O(*n*) in the length of the recording.
  init?(of root: Text, in log: EventLog) throws {
    events = try log.data(of: .execution(root))
    types = events.types.compactMap(RecordedEventType.init)
    guard !types.isEmpty, types.count == events.types.count else { return nil }
  }

  /// How many events there are, at least one.
  var count: Int { events.count }

  func type(_ place: Int) -> RecordedEventType { types[events.type(place)] }

  /// A skimmer over the event at a place, and where the event begins in it.
  func skimmer(_ place: Int) -> (skimmer: JSONSkimmer, start: Int) {
    let range = events.range(place)
    return (JSONSkimmer(events.bytes, until: range.upperBound), range.lowerBound)
  }

  /// Whether the event at a place has those bytes.
  func has(_ data: [UInt8], at place: Int) -> Bool { events.has(data, at: place) }
}
