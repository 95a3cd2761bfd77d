public import EventStore

/// Events whose every part follows from their number, so that any process can tell what they were.
public enum NumberedEvent {
  /// The stream of the event: one of seven.
  public static func stream(_ number: Int) -> StreamID { StreamID("origin-\(number % 7)") }

  /// What the event is indexed by: a value in seven, one in hundred, one of its own.
  public static func terms(_ number: Int) -> [Term] {
    [
      Term(field: 1, value: Array("kind-\(number % 7)".utf8)),
      Term(field: 2, value: Array("user-\(number % 100)".utf8)),
      Term(field: 40, value: Array("session-\(number)".utf8)),
    ]
  }

  /// The event's data; every ninth is too long for one row.
  public static func data(_ number: Int, longest: Int = 4_500) -> [UInt8] {
    var random = SplitMix64(seed: UInt64(number))
    let count = number % 9 == 8 ? longest : number % 120
    return Array("{\"n\":\(number)}".utf8)
      + (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  /// A long value that belongs to the event.
  public static func value(_ number: Int) -> StoredValue {
    let byte = UInt8(truncatingIfNeeded: number)
    return StoredValue(
      owner: Array("owner-\(number % 3)".utf8),
      hash: Array(repeating: byte, count: 32),
      bytes: Array(repeating: byte, count: 600)
    )
  }

  /// The event, told from others by its id; from the fiftieth on, every fifth names the first.
  public static func draft(_ number: Int, longest: Int = 4_500) -> EventDraft {
    var draft = EventDraft(
      type: "kind.\(number % 3)",
      source: Array("https://acme.example.com".utf8),
      stream: stream(number),
      data: data(number)
    )
    draft.id = Array("event-\(number)".utf8)
    draft.identity = .sourceAndID
    draft.terms = terms(number)
    draft.timestamp = 1_780_000_000_000 + Int64(number * 7919 % 1000)
    draft.time = Array("2026-06-01".utf8)
    if number >= 50, number % 5 == 0 { draft.cause = .position(Position(0)) }
    return draft
  }
}

/// Counts events by type and remembers the last position of each stream.
public struct CountingProjection: Projection {
  /// The view's name.
  public let name = "counts"
  /// The version.
  public let version: UInt32 = 1

  /// Makes the projection.
  public init() {}

  /// Whether events of that type concern the view: all do.
  public func reads(type: [UInt8]) -> Bool { true }

  /// Counts the event.
  public func apply(_ event: Event, to view: ViewWriter) throws {
    let key = Array("type-\(event.type)".utf8)
    let count = try view.value(key).flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    view.put(key, Array("\(count + 1)".utf8))
    view.put(Array("last-\(event.attributes.stream)".utf8), Array("\(event.position)".utf8))
  }
}
