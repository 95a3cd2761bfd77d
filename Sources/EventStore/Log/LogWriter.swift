/// Appends prepared batches in one transaction; used by one thread at a time.
///
/// What it keeps in memory (tails, numbers, head) moves only with a commit that wrote and succeeded.
/// Whatever else happens, it is read again before the next write.
final class LogWriter {
  private let environment: Environment
  private let tables: LogTables
  private let clock: @Sendable () -> Int64
  private let dictionaries: DictionaryShelf
  private let projector: Projector
  /// How many ids gather before they are put in their places; nil where they no longer can be.
  private var recentLimit: Int?
  private let cacheLimits: CacheLimits
  private var room = FileRoom()
  private var memory: Memory?

  /// The commit itself failed, when everything had been written to it.
  private struct CommitFailure: Error {
    let error: LMDBError
  }

  /// What a transaction of this process left, valid while no other process has written.
  private struct Memory {
    /// The id of our last transaction that wrote.
    var transaction: Int
    var head: LogHead
    let caches: AppendCaches
  }

  init(
    environment: Environment,
    tables: LogTables,
    clock: @escaping @Sendable () -> Int64,
    dictionaries: DictionaryShelf,
    projector: Projector,
    recentLimit: Int,
    cacheLimits: CacheLimits
  ) {
    self.environment = environment
    self.tables = tables
    self.clock = clock
    self.dictionaries = dictionaries
    self.projector = projector
    self.recentLimit = recentLimit
    self.cacheLimits = cacheLimits
  }
}

extension LogWriter {
  /// What became of each batch: outcomes in order, or why none of it was appended.
  typealias BatchResult = Result<[AppendOutcome], any Error>

  /// Commits the batches in one transaction; when this returns, what it reports is durable.
  ///
  /// A batch that cannot be appended fails alone. Where the commit itself fails, nothing of any
  /// batch is in the log.
  @available(*, noasync)
  func commit(_ batches: [PreparedBatch]) -> [BatchResult] {
    do {
      return try write(batches)
    } catch let failure as CommitFailure {
      memory = nil
      // Whether the disk has it is not known for certain: tried again, it could be there twice.
      return batches.map { _ in .failure(failure.error) }
    } catch is RecentIdentities.CannotSettle where recentLimit != nil {
      // A damaged row of ids, which `verify` tells of, must not keep all others from being appended.
      (memory, recentLimit) = (nil, nil)
      return commit(batches)
    } catch {
      memory = nil
      // What one batch meets (a damaged row, a full map) need not concern the others.
      guard batches.count > 1 else { return [.failure(Self.published(error))] }
      return batches.flatMap { commit([$0]) }
    }
  }

  private static func published(_ error: any Error) -> any Error {
    guard error is ByteReader.Malformed else { return error }
    return EventLogError.damaged(reason: "\(error)")
  }

  private func write(_ batches: [PreparedBatch]) throws -> [BatchResult] {
    let transaction = try WriteTransaction(environment)
    let before = try current(transaction)
    var session = AppendSession(
      tables: tables,
      dictionaries: dictionaries,
      caches: before.caches,
      head: before.head,
      now: max(clock(), before.head.recordedTime),
      projector: projector
    )
    try session.lookUp(batches, transaction)
    let transactionID = transaction.id
    var results: [BatchResult] = []
    for batch in batches {
      do {
        try session.checkExpectations(batch, transaction)
      } catch let error as EventLogError {
        results.append(.failure(error))
        continue
      }
      results.append(.success(try session.append(batch, transaction)))
    }
    guard session.head.size != before.head.size else {
      memory = before
      return results
    }
    try projector.apply(session.appended, transaction)
    try session.finish(transaction)
    do {
      try room.make(in: environment, transaction)
      try transaction.commit()
    } catch { throw CommitFailure(error: error) }
    memory = Memory(transaction: transactionID, head: session.head, caches: before.caches)
    return results
  }

  /// The memory, read anew where another process has written since.
  private func current(_ transaction: borrowing WriteTransaction) throws -> Memory {
    if let memory, transaction.id == memory.transaction + 1 { return memory }
    try dictionaries.load(from: tables.dictionaries, transaction)
    try projector.reload(transaction)
    let head = try LogHead.read(tables, transaction)
    var tail = SegmentTail(first: head.sealed, span: head.span)
    try EventRow.headers(
      in: head.sealed..<head.size,
      tables.events,
      transaction
    ) { position, header in
      tail.add(position: position, header: header)
    }
    // Taken out of the memory, so that what is known of them is added to in place.
    var identities = memory?.caches.identities ?? RecentIdentities(limit: recentLimit)
    memory = nil
    try identities.update(from: tables.recent, below: head.size, transaction)
    return Memory(
      transaction: transaction.id - 1,
      head: head,
      caches: AppendCaches(tail: tail, identities: identities, limits: cacheLimits)
    )
  }
}
