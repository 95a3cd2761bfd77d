import EventStore
import TestSupport

/// An event of one origin with an id.
func draft(_ id: String, _ data: String, stream: String = "origin-acme") -> EventDraft {
  var draft = EventDraft(
    type: "user.session.start",
    source: Array("https://acme.example.com".utf8),
    stream: StreamID(stream),
    data: Array(data.utf8)
  )
  draft.id = Array(id.utf8)
  draft.identity = .sourceAndID
  draft.timestamp = 1_780_000_000_000
  return draft
}

/// An event known by its stream and version alone.
func ownDraft(_ data: String, stream: String, expecting version: UInt32? = nil) -> EventDraft {
  var draft = EventDraft(
    type: "step.completed",
    source: Array("auditcli".utf8),
    stream: StreamID(stream),
    data: Array(data.utf8)
  )
  if let version { draft.expectedVersion = .exactly(version) }
  return draft
}

extension EventLog {
  /// Appends the numbered events of a range in batches of at most `size`.
  func appendNumbered(_ numbers: Range<Int>, batch size: Int = 1000) throws {
    var start = numbers.lowerBound
    while start < numbers.upperBound {
      // Later ones name the first as their cause, which must be in the log by then.
      let end = min(start + (start == 0 ? min(size, 50) : size), numbers.upperBound)
      try append(AppendBatch((start..<end).map { NumberedEvent.draft($0) }))
      start = end
    }
  }
}

/// All positions of a log.
let everything = Position(0)..<Position(.max)
