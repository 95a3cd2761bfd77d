public import EventStore
public import Flows
public import Replay
public import Values

/// Reads the tables of a log.
public struct TableView: Sendable {
  /// What is known of a table without its rows.
  public struct Summary: Hashable, Sendable {
    /// The table's id.
    public let table: Text
    /// How many rows it has.
    public let rows: Int
    /// How many events its stream holds.
    public let version: UInt32
  }

  let log: EventLog

  /// Makes a reader.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The tables that were ever written, by id.
  ///
  /// - Throws: `EventLogError.projectionsDiffer` where the log has no such view.
  public func tables() throws -> [Summary] {
    try log.view(TableProjection()) { view in
      try view.rows(prefix: [UInt8(ascii: "m")]).compactMap { row in
        guard let object = ViewRow.object(row.value), let table = object.textAt("table") else {
          return nil
        }
        return Summary(
          table: table,
          rows: Int(object.integer("rows") ?? 0),
          version: UInt32(clamping: object.integer("version") ?? 0)
        )
      }
    }
  }

  /// The rows of a table in the order in which they were made.
  ///
  /// - Complexity: O(*n*) in the rows of the table.
  public func rows(of table: Text) throws -> [TableRow] { try contents(of: table).rows }

  /// The rows of a table as they were when the log had so many events.
  ///
  /// - Complexity: O(*n*) in the length of the table's stream.
  public func rows(of table: Text, before position: Position) throws -> [TableRow] {
    try contents(of: table, before: position).contents.rows
  }

  /// A table as it was when the log had so many events.
  ///
  /// - Complexity: O(*n*) in the length of the table's stream.
  public func contents(of table: Text, before position: Position) throws -> LogReads.Table {
    try Self.contents(of: table, in: log, before: position)
  }

  /// A table as it was before a position, by the events of its stream.
  static func contents(
    of table: Text,
    in source: some EventSource,
    before position: Position
  ) throws -> LogReads.Table {
    var state = TableState()
    var (last, version, isWhole) = (0, UInt32(0), true)
    for event in try source.events(of: .table(table)) where event.position < position {
      version += 1
      guard let change = TableChange.read(event) else {
        isWhole = false
        continue
      }
      if case .rowCreated(_, let row, _, _) = change {
        last = max(last, Int(row.description) ?? 0)
      }
      state.apply(change)
    }
    return LogReads.Table(
      contents: TableSource.Contents(rows: state.rows(of: table), lastRow: last, version: version),
      isWhole: isWhole
    )
  }

  /// A table's rows with the length of its stream, in one snapshot.
  public func contents(of table: Text) throws -> TableSource.Contents {
    try log.view(TableProjection()) { view in
      let summary = try view.value(ViewKey.id("m", table)).flatMap(ViewRow.object)
      let rows = try view.rows(prefix: ViewKey.id("r", table, []))
      return TableSource.Contents(
        rows: rows.compactMap { TableProjection.row($0.value) },
        lastRow: Int(summary?.integer("last") ?? 0),
        version: UInt32(clamping: summary?.integer("version") ?? 0)
      )
    }
  }

  /// The tables for a driver.
  public var source: TableSource {
    TableSource { table in try contents(of: table) }
  }
}
