internal import Crypto
public import EventStore

/// Turns what a reader found in an inbound document into events for the log.
///
/// The type of such an event is `inbound.` and the format's name, so that no sender can make one of
/// the log's own events. Its bytes are those of the document, unchanged.
public struct Intake: Sendable {
  /// Who all events speak for, whatever they say themselves; nil to take their word.
  public var origin: [UInt8]?
  /// Who events speak for that name nobody.
  public var defaultOrigin: [UInt8]?
  /// The hook whose filter decides what is taken in.
  public var hook: Hook?

  /// The origin of events that name none, where nothing else is known either.
  public static let unknownOrigin = Array("unknown".utf8)

  /// Makes an intake.
  public init(origin: [UInt8]? = nil, defaultOrigin: [UInt8]? = nil, hook: Hook? = nil) {
    self.origin = origin
    self.defaultOrigin = defaultOrigin
    self.hook = hook
  }
}

extension Intake {
  /// What an intake makes of one document.
  public struct Result: Sendable {
    /// The events, a delivery before what it brought.
    public var drafts: [EventStore.EventDraft] = []
    /// How many events the hook's filter keeps out.
    public var filtered = 0
    /// How many events have no origin but `unknown`.
    public var withoutOrigin = 0
  }

  /// The drafts of a document's events.
  ///
  /// - Parameters:
  ///   - events: What an `InboundReader` found in the document.
  ///   - document: The document's bytes.
  ///   - reader: Parses what a hook's filter is asked about.
  /// - Returns: The drafts, and how many events are not among them.
  /// - Complexity: O(bytes).
  public func drafts(
    of events: [InboundEvent],
    in document: UnsafeRawBufferPointer,
    _ reader: JSONReader
  ) -> Result {
    var result = Result()
    var places = [Int?](repeating: nil, count: events.count)
    let passes = passing(events, document, reader)
    for (index, event) in events.enumerated() {
      guard passes[index] else {
        if event.parent != nil || event.format != .oktaEventHook { result.filtered += 1 }
        continue
      }
      var draft = draft(of: event, UnsafeRawBufferPointer(rebasing: document[event.range]))
      if draft.source == Self.unknownOrigin { result.withoutOrigin += 1 }
      if let parent = event.parent.flatMap({ places[$0] }) {
        draft.cause = .earlierInBatch(parent)
      }
      places[index] = result.drafts.count
      result.drafts.append(draft)
    }
    return result
  }

  /// Which events the hook lets through; a delivery, when it brings one of them.
  private func passing(
    _ events: [InboundEvent],
    _ document: UnsafeRawBufferPointer,
    _ reader: JSONReader
  ) -> [Bool] {
    guard let hook, hook.isSelective else { return Array(repeating: true, count: events.count) }
    var passes = events.map { event in
      guard event.format != .oktaEventHook else { return false }
      return hook.delivers(UnsafeRawBufferPointer(rebasing: document[event.range]), reader)
    }
    for (index, event) in events.enumerated() where passes[index] {
      if let parent = event.parent { passes[parent] = true }
    }
    return passes
  }
}

extension Intake {
  private func draft(
    of event: InboundEvent,
    _ bytes: UnsafeRawBufferPointer
  ) -> EventStore.EventDraft {
    let source = origin ?? event.origin.map(Array.init) ?? defaultOrigin ?? Self.unknownOrigin
    var draft = EventStore.EventDraft(
      type: InboundEventType.of(event.format),
      source: source,
      stream: StreamID(bytes: Self.streamPrefix + source),
      data: Array(bytes)
    )
    draft.id = event.id.map(Array.init) ?? Self.digestID(bytes)
    draft.subject = event.subject.map(Array.init) ?? []
    draft.actor = event.actor.map(Array.init) ?? []
    draft.time = event.timeText.map(Array.init) ?? []
    draft.timestamp = event.time.milliseconds
    draft.identity = .sourceAndID
    draft.terms = event.terms.map { Term(field: $0.field.rawValue, value: Array($0.value)) }
    return draft
  }

  private static let streamPrefix = Array("origin-".utf8)

  /// The identity of an event without an id: the digest of its bytes.
  private static func digestID(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var id = Array("sha256:".utf8)
    for byte in SHA256.hash(data: bytes) {
      id.append(hexDigits[Int(byte >> 4)])
      id.append(hexDigits[Int(byte & 15)])
    }
    return id
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
}
