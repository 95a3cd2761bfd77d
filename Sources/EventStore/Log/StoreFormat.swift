/// What a store says of itself: its format, its id and its secret.
///
/// Id and secret stand with a check behind them, since nothing else would tell that they changed.
enum StoreFormat {
  private static let formatKey = Array("format".utf8)
  private static let secretKey = Array("secret".utf8)
  private static let logIDKey = Array("log".utf8)
  /// The format before: all identities stand in `ids`, and the head does not name its format.
  private static let withoutRecent: UInt8 = 2

  /// A store that is open: its tables and what hashes are keyed with.
  typealias Opened = (tables: LogTables, secret: [UInt8])

  /// Opens the tables, making them where the store is new, and those that a store of the format before lacks where it
  /// is opened for writing.
  static func open(
    _ environment: Environment,
    _ access: EventLog.Access,
    _ options: EventLogOptions
  ) throws -> Opened {
    if let opened = try openExisting(environment) {
      guard access == .readWrite, opened.tables.recent == nil else { return opened }
      return try environment.write { try upgrade($0) }
    }
    guard access == .readWrite else { throw EventLogError.noStore(path: environment.path) }
    return try environment.write { transaction in
      let tables = try LogTables(creatingIn: transaction)
      // Another process may have made the store since we looked, and in the format before.
      guard try transaction.value(tables.meta, formatKey) == nil else {
        return try upgrade(transaction)
      }
      let span = UInt8(truncatingIfNeeded: options.segmentSpan.trailingZeroBitCount)
      try transaction.put(tables.meta, formatKey, [EventLog.format, span])
      try transaction.put(tables.meta, secretKey, checked(options.entropy(32)))
      try transaction.put(tables.meta, logIDKey, checked(options.entropy(16)))
      let states = options.projections.map {
        ProjectionState(name: $0.name, version: $0.version, slot: 0)
      }
      try transaction.put(tables.meta, Projector.key, ProjectionState.encode(states))
      // With the rest, so that no store is ever without its views.
      for state in states {
        for slot in [UInt8(0), 1] {
          _ = try Table(ProjectionState.tableName(state.name, slot: slot), creatingIn: transaction)
        }
      }
      return try read(tables, transaction)
    }
  }

  /// Brings a store of format 2 to this one; another process may have done so since we looked.
  private static func upgrade(_ transaction: borrowing WriteTransaction) throws -> Opened {
    let tables = try LogTables(creatingIn: transaction)
    var format = try transaction.value(tables.meta, formatKey) ?? []
    if format.first == withoutRecent {
      format[0] = EventLog.format
      try transaction.put(tables.meta, formatKey, format)
    }
    return try read(tables, transaction)
  }

  private static func openExisting(_ environment: Environment) throws -> Opened? {
    let transaction = try ReadTransaction(environment)
    guard let tables = try LogTables(in: transaction) else { return nil }
    let opened = try read(tables, transaction)
    try transaction.close()
    return opened
  }

  private static func read(
    _ tables: LogTables,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> Opened {
    let format = try transaction.value(tables.meta, formatKey) ?? []
    guard let number = format.first, number == EventLog.format || number == withoutRecent,
      format.count == 2, (1...20).contains(format[1])
    else {
      throw EventLogError.unknownFormat(
        found: Int(format.first ?? 0),
        known: Int(EventLog.format)
      )
    }
    guard number == withoutRecent || tables.recent != nil else {
      throw EventLogError.damaged(reason: "its table of recent ids is missing")
    }
    var tables = tables
    tables.span = 1 << UInt64(format[1])
    return (tables, try unchecked(transaction.value(tables.meta, secretKey), "secret"))
  }

  /// The table of recent identities, or nil where the snapshot's store has none.
  ///
  /// - Throws: `EventLogError.formatChanged` where another process has made it since the store was opened.
  static func recent(
    _ tables: LogTables,
    _ transaction: borrowing ReadTransaction
  ) throws -> Table? {
    if let recent = tables.recent { return recent }
    let format = try transaction.value(tables.meta, formatKey)?.first
    guard format == withoutRecent else {
      throw EventLogError.formatChanged(to: Int(format ?? 0))
    }
    return nil
  }

  /// The log's id: 16 bytes drawn when the store was made.
  static func logID(
    _ meta: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> [UInt8] {
    try unchecked(transaction.value(meta, logIDKey), "id")
  }

  private static func checked(_ bytes: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.bytes = bytes
    writer.fixed(Checksum.of(bytes))
    return writer.bytes
  }

  private static func unchecked(_ bytes: [UInt8]?, _ name: String) throws -> [UInt8] {
    let content = Array(bytes?.dropLast(4) ?? [])
    guard !content.isEmpty, checked(content) == bytes else {
      throw EventLogError.damaged(reason: "its \(name) is not what was written")
    }
    return content
  }
}
