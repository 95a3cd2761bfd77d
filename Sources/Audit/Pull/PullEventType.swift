internal import EventStore
internal import Values

/// What the log tells of pulling an org's System Log, beside what was pulled.
enum PullEventType: String {
  /// What a page brought is in the log, and the next one is known.
  case advanced = "pull.advanced"
  /// What was pulled was compared with what hooks delivered.
  case compared = "pull.compared"

  /// The stream of what was pulled from an org.
  static func stream(of origin: [UInt8]) -> StreamID {
    StreamID(bytes: Array("pull-".utf8) + origin)
  }

  /// An event of the type in the stream of an org.
  func draft(of origin: [UInt8], _ data: Object) -> EventStore.EventDraft {
    var draft = EventStore.EventDraft(
      type: rawValue,
      source: Array("auditcli".utf8),
      stream: Self.stream(of: origin),
      data: JSON.serialize(.object(data))
    )
    draft.subject = origin
    draft.dictionaryClass = .recorded
    return draft
  }
}
