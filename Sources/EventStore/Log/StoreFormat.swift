/// What a store says of itself: its format, its id and its secret.
enum StoreFormat {
  private static let formatKey = Array("format".utf8)
  private static let secretKey = Array("secret".utf8)
  static let logIDKey = Array("log".utf8)

  /// Opens the tables, making them where the store is new.
  static func open(
    _ environment: Environment, _ access: EventLog.Access, _ options: EventLogOptions
  ) throws -> (tables: LogTables, secret: [UInt8]) {
    if let opened = try openExisting(environment) { return opened }
    guard access == .readWrite else { throw EventLogError.noStore(path: environment.path) }
    return try environment.write { transaction in
      let tables = try LogTables(creatingIn: transaction)
      // Another process may have made the store since we looked.
      guard try transaction.value(tables.meta, formatKey) == nil else {
        return (tables, try transaction.value(tables.meta, secretKey) ?? [])
      }
      let secret = options.entropy(32)
      try transaction.put(tables.meta, formatKey, [EventLog.format])
      try transaction.put(tables.meta, secretKey, secret)
      try transaction.put(tables.meta, logIDKey, options.entropy(16))
      let states = options.projections.map {
        ProjectionState(name: $0.name, version: $0.version, generation: 0)
      }
      for state in states { _ = try Table(state.tableName, creatingIn: transaction) }
      try transaction.put(tables.meta, Projector.key, ProjectionState.encode(states))
      return (tables, secret)
    }
  }

  private static func openExisting(
    _ environment: Environment
  ) throws -> (tables: LogTables, secret: [UInt8])? {
    let transaction = try ReadTransaction(environment)
    guard let tables = try LogTables(in: transaction) else { return nil }
    let format = try transaction.value(tables.meta, formatKey)?.first ?? 0
    guard format == EventLog.format else {
      throw EventLogError.unknownFormat(found: Int(format), known: Int(EventLog.format))
    }
    let secret = try transaction.value(tables.meta, secretKey) ?? []
    try transaction.close()
    return (tables, secret)
  }
}
