public import EventStore
internal import Replay
public import Values

/// What a person decided about an alert.
public enum AlertDecision: String, Hashable, Sendable, CaseIterable {
  /// Somebody looks into it.
  case acknowledged
  /// It is dealt with.
  case resolved
  /// It is none.
  case suppressed

  init?(eventType: String) {
    guard let found = Self.allCases.first(where: { $0.eventType == eventType }) else { return nil }
    self = found
  }

  private var eventType: String { "alert.\(rawValue)" }
}

extension AlertDecision {
  /// The decision as an event of the log.
  ///
  /// The note says why; the actor is who decided, as claimed.
  public func draft(alert: Text, note: Text?, actor: Text) -> EventStore.EventDraft {
    var data: Object = ["alert": .text(alert)]
    data["note"] = note.map { .text($0) }
    var draft = EventStore.EventDraft(
      type: eventType,
      source: Array("auditcli".utf8),
      stream: StreamID(bytes: Array("alert-".utf8) + alert.bytes),
      data: JSON.serialize(.object(data))
    )
    draft.actor = actor.bytes
    draft.dictionaryClass = .recorded
    return draft
  }
}
