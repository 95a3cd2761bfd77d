/// How large a store is, by table.
public struct LogStatistics: Hashable, Sendable {
  /// One table of the store.
  public struct Part: Hashable, Sendable {
    /// The table's name.
    public let name: String
    /// How many rows it has.
    public let rows: Int
    /// How many bytes its pages take.
    public let bytes: Int
    /// How many of them are in overflow pages.
    public let overflowBytes: Int
  }

  /// How many events there are.
  public let events: UInt64
  /// How many of them are in sealed segments.
  public let sealed: UInt64
  /// The bytes of the data file that have ever been used.
  public let fileBytes: Int
  /// The largest size the file may reach.
  public let mapSize: Int
  /// The tables.
  public let parts: [Part]
}

extension EventLog {
  /// How large the store is.
  public func statistics() throws -> LogStatistics {
    let pages = try environment.pages()
    try viewTables.openStored(tables.meta, in: environment)
    return try environment.read { transaction in
      let head = try LogHead.read(tables, transaction)
      var named = tables.named
      for state in try Projector.states(tables.meta, transaction) {
        guard let table = viewTables[state.tableName] else { continue }
        named.append(("projection." + state.name, table))
      }
      let parts = try named.map { name, table in
        let taken = try transaction.pages(table)
        return LogStatistics.Part(
          name: name,
          rows: try transaction.count(table),
          bytes: taken.all * pages.pageSize,
          overflowBytes: taken.overflow * pages.pageSize
        )
      }
      return LogStatistics(
        events: head.size,
        sealed: head.sealed,
        fileBytes: pages.used * pages.pageSize,
        mapSize: pages.mapSize,
        parts: parts
      )
    }
  }
}

extension EventLog {
  /// Clears the reader slots that ended processes left in the store at `path`; returns how many.
  ///
  /// Reads no more than the file's first pages, so it is safe where the file is damaged.
  @discardableResult
  public static func clearStaleReaders(at path: String) throws -> Int {
    try Environment(
      path: path,
      mapSize: 1 << 30,
      access: .readOnly,
      claim: EnvironmentRegistry.Claim(path),
      lease: nil
    ).clearStaleReaders()
  }
}
