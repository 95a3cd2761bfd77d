/// New views that grow beside the old.
///
/// A mark in `meta` names the rebuild that is going on; whoever does not find its own has been
/// superseded and writes nothing more.
final class ProjectionRebuild {
  private static let key = Array("rebuild".utf8)

  private let log: EventLog
  private let mark: [UInt8]
  private var states: [ProjectionState] = []
  private var applied: UInt64 = 0
  private var chunk: UInt64 = 1000

  init(log: EventLog) {
    self.log = log
    mark = log.options.entropy(16)
  }

  /// Empties the tables that are not in use, whatever an earlier rebuild left in them.
  func begin() throws {
    try log.environment.write { transaction in
      let stored = try Projector.states(log.tables.meta, transaction)
      for projection in log.options.projections {
        let current = stored.first { $0.name == projection.name }
        let state = ProjectionState(
          name: projection.name,
          version: projection.version,
          slot: 1 - (current?.slot ?? 1)
        )
        try transaction.empty(table(state))
        states.append(state)
      }
      try transaction.put(log.tables.meta, Self.key, mark)
    }
  }

  /// Folds the next chunk; the last one puts the new views in place, and then there is none.
  func step() throws -> EventLog.Progress? {
    try log.environment.write { transaction in
      guard try transaction.value(log.tables.meta, Self.key) == mark else {
        throw EventLogError.rebuildSuperseded
      }
      let size = try LogHead.read(log.tables, transaction).size
      let end = min(applied + chunk, size)
      let events = try events(in: applied..<end, transaction)
      for (index, projection) in log.options.projections.enumerated() {
        let failure = try Projector.fold(events, projection, table(states[index]), transaction)
        states[index].failure = states[index].failure ?? failure
      }
      applied = end
      guard applied == size else {
        // Writers may append as fast as we fold: near the end, take more at a time.
        if size - applied <= 4 * chunk { chunk = min(chunk + chunk / 2, 16_000) }
        return EventLog.Progress(done: applied, total: size)
      }
      try putInPlace(transaction)
      return nil
    }
  }

  private func putInPlace(_ transaction: borrowing WriteTransaction) throws {
    for old in try Projector.states(log.tables.meta, transaction) {
      if let table = log.viewTables[old.tableName] { try transaction.empty(table) }
    }
    try transaction.put(log.tables.meta, Projector.key, ProjectionState.encode(states))
    try transaction.remove(log.tables.meta, Self.key)
  }

  private func table(_ state: ProjectionState) throws -> Table {
    guard let table = log.viewTables[state.tableName] else {
      throw EventLogError.damaged(reason: "the view \(state.name) is missing")
    }
    return table
  }

  private func events(
    in range: Range<UInt64>,
    _ transaction: borrowing WriteTransaction
  ) throws -> [Event] {
    let decompressor = try Decompressor()
    var events: [Event] = []
    try log.dictionaries.load(from: log.tables.dictionaries, transaction)
    try EventRow.forEach(
      in: range,
      log.tables.events,
      transaction,
      decompressor,
      log.dictionaries
    ) { stored in
      events.append(try stored.event(type: log.typeName(stored.header.type, transaction)))
      return true
    }
    return events
  }
}
