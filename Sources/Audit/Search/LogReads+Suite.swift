internal import EventStore
public import Replay

extension LogReads {
  /// The tables that a suite has; of others, and of System Log entries that no recording read, it
  /// knows nothing.
  public convenience init(of suite: Suite) {
    self.init(
      table: { table, position in
        guard suite.tables.contains(table) else { return nil }
        return try TableView.contents(of: table, in: suite.excerpt, before: position)
      },
      search: { _, _ in nil }
    )
  }
}
