internal import EventStore
internal import Values

/// What the log tells of deliveries beside what they brought.
enum DeliveryEventType: String {
  /// A delivery brought nothing that the log did not have.
  case repeated = "delivery.repeated"
  /// The hook's filter kept out all that a delivery brought.
  case filtered = "delivery.filtered"
  /// A delivery was not taken in.
  case refused = "delivery.refused"

  /// An event of the type in the stream of a hook's deliveries.
  func draft(of hook: String, _ data: Object) -> EventStore.EventDraft {
    var draft = EventStore.EventDraft(
      type: rawValue,
      source: Array("auditcli".utf8),
      stream: StreamID(bytes: Array("hook-\(hook)".utf8)),
      data: JSON.serialize(.object(data))
    )
    draft.subject = Array(hook.utf8)
    draft.dictionaryClass = .recorded
    return draft
  }
}
