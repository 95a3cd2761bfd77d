internal import Dispatch
internal import Synchronization

/// What verifying a store found.
public struct Verification: Hashable, Sendable {
  /// How many events were read.
  public var events: UInt64
  /// The root of the tree over them, as re-derived, 32 bytes.
  public var root: [UInt8]
  /// The root of the tree over the first events that was asked for; nil where none was, or where
  /// there are not so many events.
  public var earlierRoot: [UInt8]?
  /// Everything that is wrong, the first of each kind at a place; empty where the store is intact.
  public var problems: [Problem]

  /// How much is re-derived.
  public enum Depth: Sendable {
    /// Leaves, tree and links.
    case plain
    /// Also every index row, view and stored value, in one snapshot.
    case deep
  }
}

extension EventLog {
  /// Re-derives from the events' bytes what the store says about them, and compares.
  ///
  /// Finds all problems, not only the first, up to 1,000. Damage inside LMDB's own pages can end the
  /// process: run it in a child.
  ///
  /// - Parameters:
  ///   - depth: How much is re-derived.
  ///   - size: Of how many first events the root is wanted too.
  ///   - progress: Called now and then.
  /// - Returns: What was found.
  /// - Throws: `LMDBError` where the file cannot be read at all; `EventLogError.formatChanged` in depth, where
  ///   the store was brought to another format since it was opened.
  /// - Complexity: O(*n*) in the length of the log.
  public func verify(
    _ depth: Verification.Depth = .plain,
    rootOfFirst size: UInt64? = nil,
    progress: (Progress) -> Void = { _ in }
  ) throws -> Verification {
    try viewTables.openStored(tables.meta, in: environment)
    switch depth {
    case .plain: return try verifyInSlices(size, progress)
    case .deep: return try environment.read { try verifyAll($0, size, progress) }
    }
  }

  private func verifyInSlices(
    _ size: UInt64?,
    _ progress: (Progress) -> Void
  ) throws -> Verification {
    let head = try environment.read { try LogHead.read(tables, $0) }
    var verifier = Verifier(log: self, head: head, earlierSize: size)
    var slices = verifier.slices[...]
    while !slices.isEmpty {
      // Two at a time, on two threads, each in a snapshot of its own: rows do not change.
      let pair = Array(slices.prefix(2))
      slices = slices.dropFirst(2)
      for run in try leafRuns(pair) {
        try environment.read { try verifier.take(run, $0) }
        progress(Progress(done: run.range.upperBound, total: verifier.head.size))
      }
    }
    verifier.finishEvents()
    try verifier.verifyMetaPages()
    try environment.read { try verifier.verifyEnds($0) }
    return verifier.result
  }

  private func leafRuns(_ slices: [Range<UInt64>]) throws -> [LeafRun] {
    let derived = Mutex([Int: Result<LeafRun, any Error>]())
    DispatchQueue.concurrentPerform(iterations: slices.count) { index in
      let result = Result {
        var run = LeafRun(log: self, range: slices[index])
        let decompressor = try Decompressor()
        try environment.read { try run.derive(decompressor, $0) }
        return run
      }
      derived.withLock { $0[index] = result }
    }
    return try derived.withLock { derived in
      try slices.indices.compactMap { try derived[$0]?.get() }
    }
  }

  /// Everything in one snapshot, so that what is derived and what it is derived from agree.
  private func verifyAll(
    _ transaction: borrowing ReadTransaction,
    _ size: UInt64?,
    _ progress: (Progress) -> Void
  ) throws -> Verification {
    let head = try LogHead.read(tables, transaction)
    var verifier = Verifier(log: self, head: head, earlierSize: size)
    let decompressor = try Decompressor()
    for slice in verifier.slices {
      var run = LeafRun(log: self, range: slice)
      try run.derive(decompressor, transaction)
      try verifier.take(run, transaction)
      progress(Progress(done: slice.upperBound, total: verifier.head.size))
    }
    verifier.finishEvents()
    try verifier.verifyMetaPages()
    try verifier.verifyPages()
    try verifier.verifyEnds(transaction)
    try verifier.verifyTables(transaction)
    try verifier.verifyIndexes(transaction)
    try verifier.verifyTerms(transaction)
    try verifier.verifyValues(transaction)
    try verifier.verifyViews(transaction)
    return verifier.result
  }
}
