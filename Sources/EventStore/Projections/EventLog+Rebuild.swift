internal import Glibc

extension EventLog {
  /// How far a rebuild or a verification has come.
  public struct Progress: Hashable, Sendable {
    /// How many events are done.
    public let done: UInt64
    /// How many there are in all.
    public let total: UInt64
  }

  /// Folds the whole log into new views and puts them in the place of the old ones.
  ///
  /// Works in chunks beside the old views, which stay readable, while others append; the last chunk
  /// and the change are one transaction. Cut off, it leaves the old views as they were.
  ///
  /// - Throws: `EventLogError.corrupted` where an event does not decode; `LMDBError`.
  /// - Complexity: O(*n*) in the length of the log.
  @available(*, noasync)
  public func rebuild(progress: (Progress) -> Void = { _ in }) throws {
    guard !environment.isReadOnly else { throw EventLogError.readOnly }
    let rebuild = ProjectionRebuild(log: self)
    try rebuild.begin()
    while let progressed = try rebuild.step() {
      progress(progressed)
      // LMDB's writer lock is unfair: leave others a moment to take it.
      usleep(1000)
    }
  }

  /// What a projection's view is worth.
  public struct ViewStatus: Hashable, Sendable {
    /// The projection's name.
    public let name: String
    /// The version that made the view.
    public let version: UInt32
    /// How many rows the view has.
    public let rows: Int
    /// The position of the first event it could not take in, and why; nil where it is whole.
    public let failure: String?
  }

  /// The views of the store, in the order they are applied.
  public func views() throws -> [ViewStatus] {
    try environment.read { transaction in
      try (Projector.states(tables.meta, transaction) ?? []).map { state in
        let rows = try Table(state.tableName, in: transaction).map { try transaction.count($0) }
        return ViewStatus(
          name: state.name, version: state.version, rows: rows ?? 0,
          failure: state.failure.map { "position \($0.position): \($0.reason)" })
      }
    }
  }
}

/// New views that grow beside the old.
private final class ProjectionRebuild {
  private static let chunk: UInt64 = 1000

  private let log: EventLog
  private let decompressor: Decompressor?
  private var states: [ProjectionState] = []
  private var tables: [Table] = []
  private var applied: UInt64 = 0

  init(log: EventLog) {
    self.log = log
    decompressor = try? Decompressor()
  }

  /// Makes empty tables, dropping what an earlier rebuild left.
  func begin() throws {
    try log.environment.write { transaction in
      let stored = try Projector.states(log.tables.meta, transaction) ?? []
      let generation = (stored.map(\.generation).max() ?? 0) + 1
      for projection in log.options.projections {
        let state = ProjectionState(
          name: projection.name, version: projection.version, generation: generation)
        if let left = try Table(state.tableName, in: transaction) { try transaction.drop(left) }
        tables.append(try Table(state.tableName, creatingIn: transaction))
        states.append(state)
      }
    }
  }

  /// Folds the next chunk; the last one puts the new views in place, and then there is none.
  func step() throws -> EventLog.Progress? {
    try log.environment.write { transaction in
      let size = try LogHead.read(log.tables.meta, transaction).size
      let end = min(applied + Self.chunk, size)
      let events = try events(in: applied..<end, transaction)
      for (index, projection) in log.options.projections.enumerated() {
        let failure = try Projector.fold(events, projection, tables[index], transaction)
        states[index].failure = states[index].failure ?? failure
      }
      applied = end
      guard applied == size else { return EventLog.Progress(done: applied, total: size) }
      for old in try Projector.states(log.tables.meta, transaction) ?? [] {
        if let table = try Table(old.tableName, in: transaction) { try transaction.drop(table) }
      }
      try transaction.put(log.tables.meta, Projector.key, ProjectionState.encode(states))
      return nil
    }
  }

  private func events(
    in range: Range<UInt64>, _ transaction: borrowing WriteTransaction
  ) throws -> [Event] {
    let decompressor = try decompressor ?? Decompressor()
    var events: [Event] = []
    try log.dictionaries.load(from: log.tables.dictionaries, transaction)
    try EventRow.forEach(
      in: range, log.tables.events, transaction, decompressor, log.dictionaries
    ) { stored in
      events.append(try stored.event(type: log.typeName(stored.header.type, transaction)))
      return true
    }
    return events
  }
}
