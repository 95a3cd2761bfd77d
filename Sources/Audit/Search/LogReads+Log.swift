public import EventStore
public import Replay

extension LogReads {
  /// The tables and System Log entries of a log.
  public convenience init(of log: EventLog) {
    let tables = TableView(log)
    self.init(
      table: { try tables.contents(of: $0, before: $1) },
      search: { try SystemLogAnswers(log, asOf: $1.rawValue).reply(to: $0) }
    )
  }
}
