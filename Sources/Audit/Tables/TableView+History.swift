internal import EventStore
internal import Flows
internal import Replay
public import Values

extension TableView {
  /// The changes of a table, first to last.
  ///
  /// - Parameters:
  ///   - table: The table's id.
  ///   - row: The row whose changes are asked for, those of the whole table among them; nil for all.
  /// - Returns: The changes with who made them.
  /// - Throws: `EventLogError` where an event does not decode.
  /// - Complexity: O(*n*) in the changes of the table.
  public func history(of table: Text, row: Text? = nil) throws -> [TableHistoryEntry] {
    try log.events(of: .table(table)).compactMap { event in
      guard let change = TableChange.read(event) else { return nil }
      let data = ViewRow.object(event.data)
      let actor = Text(wtf8: event.attributes.actor)
      let entry = TableHistoryEntry(
        position: event.position,
        recordedTime: event.recordedTime,
        change: change,
        execution: data?.textAt("execution"),
        step: data?.textAt("step"),
        actor: actor.isEmpty ? nil : actor
      )
      guard let row else { return entry }
      return entry.row == nil || entry.row == row ? entry : nil
    }
  }
}
