public import EventStore
public import Flows
public import Values

/// The change of a table as an event of the log.
public enum TableChange {
  /// The event of a change; `execution` and `step` say who made it, where a flow did.
  ///
  /// With an expected version of the table's stream, two writers never make one row.
  public static func draft(
    of change: TableEvent,
    expectedVersion: ExpectedVersion = .any,
    execution: Text? = nil,
    step: Text? = nil,
    actor: Text? = nil
  ) -> EventDraft {
    var data = change.payload
    data["execution"] = execution.map { .text($0) }
    data["step"] = step.map { .text($0) }
    var members = Object()
    for (key, value) in data { members[key] = RecordedValue.encodeTree(value) }
    var draft = EventDraft(
      type: change.type,
      source: Array("auditcli".utf8),
      stream: .table(change.table),
      data: JSON.serialize(.object(members))
    )
    draft.actor = actor?.bytes ?? []
    draft.expectedVersion = expectedVersion
    draft.dictionaryClass = .recorded
    return draft
  }

  /// The change that an event of the log tells of, or nil where it is none.
  public static func read(_ event: Event) -> TableEvent? {
    guard let tree = try? JSON.parse(event.data), case .object(let members) = tree else {
      return nil
    }
    var payload = Object()
    for (key, value) in members {
      guard let decoded = try? RecordedValue.decodeTree(value) else { return nil }
      payload[key] = decoded
    }
    return TableEvent(type: event.type, payload: payload)
  }
}

extension StreamID {
  /// The stream of the changes of a table.
  public static func table(_ id: Text) -> StreamID {
    StreamID(bytes: Array("table-".utf8) + id.bytes)
  }
}
