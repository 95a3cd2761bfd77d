internal import Crypto
internal import Glibc
internal import Synchronization

/// An append-only log of events in one LMDB file, with indexes, views and a Merkle tree beside it.
///
/// Any number of threads may read and append; any number of processes may have a store open. An
/// append that has returned is durable.
public final class EventLog {
  let environment: Environment
  let tables: LogTables
  let options: EventLogOptions
  let dictionaries: DictionaryShelf
  let viewTables: ViewTables
  let secret: [UInt8]
  /// The folder the store is in.
  public let path: String

  let decompressors = ContextPool(Decompressor.init)
  let blockReaders = ContextPool(BlockReader.init)
  private let queue = AppendQueue()
  private let writer: Mutex<LogWriter>
  let preparation: Preparation
  let recentIdentities = RecentIdentitySearch()

  /// How a log is opened.
  public enum Access: Sendable {
    /// For reading and appending; makes the store where there is none.
    case readWrite
    /// For reading a store that exists.
    case readOnly
  }

  /// The format this program writes.
  public static let format: UInt8 = 3
  /// The most events of one batch; those of a batch are committed together, however many.
  public static let maximumBatchCount = 65_536
  /// The most bytes of one event's data: 16 MiB.
  public static let maximumDataSize = 16 << 20
  /// The most terms of one event.
  public static let maximumTermCount = 1 << 14
  /// The most bytes of one batch, data and values together: 64 MiB.
  public static let maximumBatchSize = 64 << 20

  /// Opens the store in the folder `path`.
  ///
  /// One of the format before is brought to this one where it is opened for writing, and left as it is where it is
  /// opened for reading.
  ///
  /// - Throws: `EventLogError` where there is no store, it is held, or its format is unknown;
  ///   `LMDBError` where its file cannot be used.
  public init(at path: String, _ access: Access = .readWrite, options: EventLogOptions) throws {
    if access == .readWrite { try Self.makeFolder(path) }
    if access == .readOnly { try Self.requireStore(at: path) }
    self.path = path
    self.options = options
    let claim = try EnvironmentRegistry.Claim(path)
    let canWrite = Glibc.access(path, W_OK) == 0
    environment = try Environment(
      path: path,
      mapSize: options.mapSize,
      access: access == .readWrite ? .readWrite : canWrite ? .readOnly : .readOnlyUnlocked,
      claim: claim,
      lease: canWrite ? try Lease(folder: path, .shared) : nil,
      waiting: options.waiting
    )
    try environment.clearStaleReaders()
    (tables, secret) = try StoreFormat.open(environment, access, options)
    dictionaries = DictionaryShelf()
    viewTables = ViewTables()
    try viewTables.open(options.projections, in: environment)
    preparation = Preparation(
      secret: secret,
      entropy: options.entropy,
      dictionaries: dictionaries,
      projections: options.projections
    )
    writer = Mutex(
      LogWriter(
        environment: environment,
        tables: tables,
        clock: options.clock,
        dictionaries: dictionaries,
        projector: Projector(options.projections, meta: tables.meta, views: viewTables),
        recentLimit: options.recentIdentityLimit,
        cacheLimits: options.cacheLimits
      )
    )
    try environment.read { try dictionaries.load(from: tables.dictionaries, $0) }
  }

  /// Throws where there is no store in the folder: `EventLogError.noStore`, or `.cannotOpen` where this
  /// user may not look into it.
  public static func requireStore(at path: String) throws(EventLogError) {
    guard Glibc.access(path + "/data.mdb", F_OK) != 0 else { return }
    guard errno == EACCES else { throw .noStore(path: path) }
    throw .cannotOpen(path: path, reason: String(cString: strerror(EACCES)))
  }

  /// Whether LMDB's lock keeps writers from overwriting what is read here.
  ///
  /// It does not in a folder that this user cannot write; an answer can be wrong then while somebody
  /// else appends.
  public var isLocked: Bool { environment.isLocked }

  /// Numbers that change with every commit to the file; nil where they cannot be read.
  ///
  /// - Throws: `LMDBError`.
  public func commitNumbers() throws -> [UInt64]? { try environment.metaPageTransactions() }

  private static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o750) == 0 || errno == EEXIST else {
      throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
  }
}

// Every stored property is immutable and itself safe to share: LMDB's environment and tables may be
// used from any thread, and the writer is reached through its lock.
extension EventLog: @unchecked Sendable {}

extension EventLog {
  /// A key of 32 bytes for one purpose, which follows from this store's own secret and is kept nowhere.
  ///
  /// Whoever has the store's file has it too.
  public func key(for purpose: String) -> [UInt8] {
    Array(
      HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: SymmetricKey(data: secret))
    )
  }
}

// MARK: - Appending

extension EventLog {
  /// Hashes and compresses a batch on the calling thread, so that its commit is short.
  ///
  /// - Throws: `EventLogError.batchTooLarge` where one commit would not take it, `.invalid` where a
  ///   part of an event or value is longer than the format allows.
  public func prepare(_ batch: AppendBatch) throws -> PreparedBatch {
    try prepare(joining: [batch])
  }

  /// Hashes and compresses batches as one, which is appended whole or not at all.
  ///
  /// Neighbours share blocks across the batches. A cause by index counts within its own batch.
  ///
  /// - Throws: As `prepare(_:)` does for one batch with all of it.
  public func prepare(joining batches: [AppendBatch]) throws -> PreparedBatch {
    try BatchLimits.check(batches)
    return try preparation.prepare(batches)
  }

  /// Throws what would keep a builder from taking an event: `EventLogError.invalid` or `.batchTooLarge`.
  public static func check(_ draft: borrowing LentDraft) throws(EventLogError) {
    try BatchLimits.check(draft, 0)
  }

  /// A builder of batches, for one thread at a time.
  ///
  /// - Throws: Where there is no memory for compression.
  public func batchBuilder() throws -> BatchBuilder { try BatchBuilder(preparation) }

  /// Appends a batch; when this returns, what it reports is durable.
  ///
  /// Batches of other threads that wait at the same time go into the same commit. Batches are
  /// appended whole or not at all.
  ///
  /// - Returns: What became of each event, in order.
  /// - Throws: `EventLogError.wrongExpectedVersion`, `.unknownCause`, `.projectionsDiffer`;
  ///   `LMDBError` where the disk or the map is full. Nothing of the batch is in the log then.
  @available(*, noasync)
  @discardableResult
  public func append(_ batch: PreparedBatch) throws -> [AppendOutcome] {
    try append([batch]).flatMap { $0 }
  }

  /// Appends batches in one commit, each whole or not at all.
  ///
  /// - Returns: For each batch what became of its events, in order.
  /// - Throws: As for one batch, what the first one meets that is not appended; the others are.
  @available(*, noasync)
  @discardableResult
  public func append(_ batches: [PreparedBatch]) throws -> [[AppendOutcome]] {
    try appendEach(batches).map { try $0.get() }
  }

  /// Appends batches in one commit where that can be, each whole or not at all.
  ///
  /// - Returns: For each batch what became of its events, in order, or why none of them is in the log.
  /// - Throws: `EventLogError.readOnly`, `.closed`.
  @available(*, noasync)
  public func appendEach(
    _ batches: [PreparedBatch]
  ) throws -> [Result<[AppendOutcome], any Error>] {
    guard !environment.isReadOnly else { throw EventLogError.readOnly }
    guard batches.contains(where: { $0.count > 0 }) else {
      return batches.map { _ in .success([]) }
    }
    return try queue.append(batches) { group in
      writer.withLock { $0.commit(group) }
    }
  }

  /// Prepares and appends a batch.
  ///
  /// - Throws: As `prepare(_:)` and `append(_:)` do.
  @available(*, noasync)
  @discardableResult
  public func append(_ batch: AppendBatch) throws -> [AppendOutcome] {
    try append(prepare(batch))
  }

  /// Trains a dictionary for rows of the class from now on.
  ///
  /// - Parameters:
  ///   - class: The family of events the dictionary is for.
  ///   - samples: Typical events, in which nothing about a person may stand.
  ///   - capacity: The most bytes the dictionary may have.
  /// - Returns: Whether the samples sufficed.
  /// - Throws: `EventLogError.readOnly`; `LMDBError` where the disk or the map is full.
  @available(*, noasync)
  @discardableResult
  public func trainDictionary(
    _ class: DictionaryClass,
    samples: [EventDraft],
    capacity: Int = 64 << 10
  ) throws -> Bool {
    guard !environment.isReadOnly else { throw EventLogError.readOnly }
    let rows = samples.map { EventAttributes($0).encoded() + $0.data }
    guard let bytes = CompressionDictionary.train(samples: rows, capacity: capacity) else {
      return false
    }
    let added = try environment.write { transaction in
      try dictionaries.add(bytes, `class`, to: tables.dictionaries, transaction)
    }
    guard let added else { return false }
    dictionaries.put(added, `class`)
    return true
  }

  /// Whether rows of the class have a dictionary.
  public func hasDictionary(_ class: DictionaryClass) -> Bool {
    dictionaries.latest(`class`) != nil
  }
}
