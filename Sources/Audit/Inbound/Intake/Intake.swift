internal import Crypto
public import EventStore

/// Turns what a reader found in an inbound document into events for the log.
///
/// The type of such an event is `inbound.` and the format's name, so that no sender can make one of
/// the log's own events. Its bytes are those of the document that it is given.
public final class Intake: Sendable {
  /// Who all events speak for, whatever they say themselves; nil to take their word.
  private let given: Speaker?
  /// Who events speak for that name nobody.
  private let assumed: Speaker
  /// The hook whose filter decides what is taken in.
  private let hook: Hook?
  /// What ties all events to how they came in.
  private let correlation: [UInt8]

  /// Who an event speaks for, and the stream of what that one says.
  private struct Speaker {
    let origin: [UInt8]
    let stream: StreamID
    let isUnknown: Bool

    init(_ origin: [UInt8]) {
      self.origin = origin
      stream = StreamID(bytes: Intake.streamPrefix + origin)
      isUnknown = origin == Intake.unknownOrigin
    }
  }

  /// The origin of events that name none, where nothing else is known either.
  public static let unknownOrigin = Array("unknown".utf8)
  private static let streamPrefix = Array("origin-".utf8)

  /// Makes an intake.
  ///
  /// - Parameters:
  ///   - origin: Who all events speak for, whatever they say themselves; nil to take their word.
  ///   - defaultOrigin: Who events speak for that name nobody.
  ///   - hook: The hook whose filter decides what is taken in.
  ///   - correlation: What ties all events to how they came in.
  public init(
    origin: [UInt8]? = nil,
    defaultOrigin: [UInt8]? = nil,
    hook: Hook? = nil,
    correlation: [UInt8] = []
  ) {
    given = origin.map(Speaker.init)
    assumed = Speaker(defaultOrigin ?? Self.unknownOrigin)
    self.hook = hook
    self.correlation = correlation
  }
}

extension Intake {
  /// What an intake did with one document.
  public struct Outcome: Sendable {
    /// How many events the hook's filter keeps out.
    public var filtered = 0
    /// How many events have no origin but `unknown`.
    public var withoutOrigin = 0
    /// How many events name no origin and got the one they have by default.
    public var withDefaultOrigin = 0
  }

  /// Lends a draft of each of a document's events, a delivery before what it brought.
  ///
  /// - Parameters:
  ///   - events: What an `InboundReader` found in the document.
  ///   - document: The document's bytes.
  ///   - index: The index that the first draft will have in its batch.
  ///   - identity: What an event without an id is told from others by; nil for the digest of its bytes.
  ///   - reader: Parses what a hook's filter is asked about.
  ///   - body: What is done with each draft.
  /// - Returns: How many events there is no draft of, and how many have no origin.
  /// - Throws: What `body` throws.
  /// - Complexity: O(bytes).
  public func forEachDraft(
    of events: [InboundEvent],
    in document: UnsafeRawBufferPointer,
    from index: Int = 0,
    identity: [UInt8]? = nil,
    _ reader: JSONReader,
    _ body: (borrowing LentDraft) throws -> Void
  ) rethrows -> Outcome {
    var outcome = Outcome()
    let passes = passing(events, document, reader)
    // Where no filter keeps any out, each stands where it stands in the document.
    var places = [Int?](repeating: nil, count: passes?.count ?? 0)
    var next = index
    var speaker: Speaker?
    for (number, event) in events.enumerated() {
      guard passes?[number] ?? true else {
        if event.parent != nil || event.format != .oktaEventHook { outcome.filtered += 1 }
        continue
      }
      // Mostly the events of a delivery speak for whom it speaks.
      let current = self.speaker(of: event, after: speaker)
      speaker = current
      if given == nil, event.fields.origin == nil {
        if current.isUnknown {
          outcome.withoutOrigin += 1
        } else {
          outcome.withDefaultOrigin += 1
        }
      }
      let cause = event.parent.flatMap { passes == nil ? index + $0 : places[$0] }.map {
        EventStore.EventDraft.Cause.earlierInBatch($0)
      }
      if passes != nil { places[number] = next }
      next += 1
      try withDraft(of: event, current, cause, identity, in: document, body)
    }
    return outcome
  }

  /// Which events the hook lets through, a delivery when it brings one of them; nil for all.
  private func passing(
    _ events: [InboundEvent],
    _ document: UnsafeRawBufferPointer,
    _ reader: JSONReader
  ) -> [Bool]? {
    guard let hook, hook.isSelective else { return nil }
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
  private func speaker(of event: InboundEvent, after last: Speaker?) -> Speaker {
    if let given { return given }
    guard let origin = event.origin else { return assumed }
    if let last, last.origin.elementsEqual(origin) { return last }
    return Speaker(Array(origin))
  }

  private func withDraft(
    of event: InboundEvent,
    _ speaker: Speaker,
    _ cause: EventStore.EventDraft.Cause?,
    _ identity: [UInt8]?,
    in document: UnsafeRawBufferPointer,
    _ body: (borrowing LentDraft) throws -> Void
  ) rethrows {
    let bytes = UnsafeRawBufferPointer(rebasing: document[event.range])
    var draft = LentDraft(
      type: InboundEventType.bytes(of: event.format),
      source: speaker.origin,
      stream: speaker.stream,
      data: bytes
    )
    draft.timestamp = event.time.milliseconds
    draft.cause = cause
    draft.correlation = correlation
    draft.terms = event.buffer.entries
    let digest = event.fields.id == nil ? identity ?? Self.digestID(bytes) : []
    try digest.withUnsafeBytes { digest in
      try event.buffer.bytes.withUnsafeBytes { buffer in
        func text(_ range: Range<Int>?) -> UnsafeRawBufferPointer {
          UnsafeRawBufferPointer(rebasing: buffer[range ?? 0..<0])
        }
        draft.id = event.fields.id == nil ? digest : text(event.fields.id)
        draft.subject = text(event.fields.subject)
        draft.actor = text(event.fields.actor)
        draft.time = text(event.fields.time)
        draft.termBytes = buffer
        try body(draft)
      }
    }
  }

  /// The identity of an event without an id: the digest of its bytes.
  static func digestID(of bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { digestID($0) } }

  private static func digestID(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    identity(named: "sha256", SHA256.hash(data: bytes))
  }

  /// A digest as an id, behind the name of what made it.
  static func identity(named name: String, _ digest: some Sequence<UInt8>) -> [UInt8] {
    var id = Array("\(name):".utf8)
    for byte in digest {
      id.append(hexDigits[Int(byte >> 4)])
      id.append(hexDigits[Int(byte & 15)])
    }
    return id
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
}
