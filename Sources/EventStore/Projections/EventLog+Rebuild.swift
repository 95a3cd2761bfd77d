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
  /// - Throws: `EventLogError.corrupted` where an event does not decode, `.rebuildSuperseded` where
  ///   another rebuild of the store began meanwhile; `LMDBError`.
  /// - Complexity: O(*n*) in the length of the log.
  @available(*, noasync)
  public func rebuild(progress: (Progress) -> Void = { _ in }) throws {
    guard !environment.isReadOnly else { throw EventLogError.readOnly }
    try viewTables.openStored(tables.meta, in: environment)
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
    try viewTables.openStored(tables.meta, in: environment)
    return try environment.read { transaction in
      try Projector.states(tables.meta, transaction).map { state in
        let rows = try viewTables[state.tableName].map { try transaction.count($0) }
        return ViewStatus(
          name: state.name,
          version: state.version,
          rows: rows ?? 0,
          failure: state.failure.map { "position \($0.position): \($0.reason)" }
        )
      }
    }
  }
}
