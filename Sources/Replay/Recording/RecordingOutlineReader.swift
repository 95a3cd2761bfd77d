public import EventStore
internal import Flows
public import Values

/// Reads of recordings which cards they visited, and little else.
///
/// A step's event is searched for the card's id and not read further, unless it holds requests;
/// values are not decoded. So an outline costs a fraction of its recording.
public struct RecordingOutlineReader: Sendable {
  private let log: EventLog

  /// Makes a reader.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The outline of the recording with that root, or nil where there is none.
  ///
  /// Where `isWhole` holds, so does it for the recording itself.
  ///
  /// - Throws: `RecordingError.malformed` at an event that does not read as the program writes it;
  ///   `EventLogError` where the log does not.
  /// - Complexity: O(*n*) in the length of the recording.
  public func outline(of root: Text) throws -> RecordingOutline? {
    let events = try log.events(of: .execution(root))
    guard !events.isEmpty else { return nil }
    var reading = OutlineReading(log, owner: root.bytes)
    for event in events {
      do {
        try reading.take(event)
      } catch let error as RecordedFields.Malformed {
        throw RecordingError.malformed(at: event.position, reason: error.reason)
      }
    }
    guard let header = reading.header else { throw RecordingError.headless(execution: root) }
    return RecordingOutline(
      execution: root,
      hash: try header.text("hash"),
      engine: try header.text("engine"),
      cards: reading.cards,
      isWhole: reading.isWhole && reading.started == reading.finished
    )
  }
}

/// An outline while it is read.
private struct OutlineReading {
  private let log: EventLog
  private let owner: [UInt8]
  private(set) var header: RecordedFields?
  private(set) var cards: Set<Text> = []
  private(set) var isWhole = true
  private(set) var started = 0
  private(set) var finished = 0
  private var present: Set<[UInt8]> = []

  init(_ log: EventLog, owner: [UInt8]) {
    self.log = log
    self.owner = owner
  }

  mutating func take(_ event: Event) throws {
    let marks = EventMarks(event.data)
    switch RecordedEventType(rawValue: event.type) {
    case .executionStarted:
      started += 1
      if header == nil { try begin(RecordedFields(data: event.data)) }
    case .stepCompleted, .stepFailed:
      guard let card = marks.card else {
        throw RecordedFields.Malformed(reason: "no text \"card\"")
      }
      cards.insert(card)
      if marks.hasRequests { try checkRequests(RecordedFields(data: event.data)) }
    case .executionFinished:
      finished += 1
      try checkEnd(RecordedFields(data: event.data))
    default: break
    }
    for hash in marks.references where isWhole { try check(hash) }
  }

  private mutating func begin(_ fields: RecordedFields) throws {
    header = fields
    if try fields.named("mode", ExecutionMode.self) == .observed { isWhole = false }
    if fields["savesData"] == .boolean(false) { isWhole = false }
  }

  /// A recording that was ended from outside, or by what the engine lacks, is not whole.
  private mutating func checkEnd(_ fields: RecordedFields) throws {
    guard let error = try fields.fields("error") else { return }
    guard let kind = error.optionalText("kind") else { return }
    if kind == SkipReason.cancelledKind || SkipReason(ending: CardErrorKind(name: kind)) != nil {
      isWhole = false
    }
  }

  /// A recording with a request without answer, or whose answer is an event that is no more, is not
  /// whole.
  private mutating func checkRequests(_ fields: RecordedFields) throws {
    for item in fields.list("requests") {
      guard let answer = try RecordedFields(item).fields("answer") else {
        isWhole = false
        return
      }
      if !answer.list("records").isEmpty { continue }
      for position in answer.list("positions") {
        guard case .number(let number) = position, let place = UInt64(exactly: number),
          try log.record(at: Position(place)).map({ _ in true }) ?? false
        else {
          isWhole = false
          return
        }
      }
    }
  }

  private mutating func check(_ digits: Text) throws {
    guard let hash = Hexadecimal.decode(digits) else {
      isWhole = false
      return
    }
    if present.contains(hash) { return }
    guard try log.value(owner: owner, hash: hash) != nil else {
      isWhole = false
      return
    }
    present.insert(hash)
  }
}
