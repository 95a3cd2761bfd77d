internal import CLMDB
internal import Glibc

/// An open LMDB environment: one data file, its lock file and its named tables.
///
/// Transactions reach the module as values lent to closures; none can be kept. Bytes handed to a
/// closure are valid until it returns.
final class Environment {
  let handle: OpaquePointer
  let path: String
  let isReadOnly: Bool
  /// Whether writers know of what is read here.
  let isLocked: Bool
  // Both end only when the file is closed.
  private let claim: EnvironmentRegistry.Claim
  private let lease: Lease?
  /// Who is told of waits for the writer.
  let waiting: (any WriterWaiting)?

  /// How an environment is opened.
  enum Access {
    case readWrite
    case readOnly
    /// Without LMDB's lock file, for folders that cannot be written; no writer may be active.
    case readOnlyUnlocked
  }

  /// Opens or creates the environment in the folder `path`.
  ///
  /// Where the address space does not allow `mapSize`, half of it is tried until 64 MiB.
  init(
    path: String,
    mapSize: Int,
    access: Access,
    claim: EnvironmentRegistry.Claim,
    lease: Lease?,
    waiting: (any WriterWaiting)? = nil
  ) throws(LMDBError) {
    self.path = path
    self.claim = claim
    self.lease = lease
    self.waiting = waiting
    isReadOnly = access != .readWrite
    isLocked = access != .readOnlyUnlocked
    var flags = CUnsignedInt(MDB_NOTLS)
    if access != .readWrite { flags |= CUnsignedInt(MDB_RDONLY) }
    if access == .readOnlyUnlocked { flags |= CUnsignedInt(MDB_NOLOCK) }
    handle = try Self.open(path: path, mapSize: mapSize, flags: flags)
    closeOnExec()
  }

  deinit { mdb_env_close(handle) }

  private static func open(
    path: String,
    mapSize: Int,
    flags: CUnsignedInt
  ) throws(LMDBError) -> OpaquePointer {
    var size = mapSize
    while true {
      var created: OpaquePointer?
      try check(mdb_env_create(&created), "mdb_env_create")
      guard let created else { throw LMDBError(code: ENOMEM, function: "mdb_env_create") }
      do {
        try check(mdb_env_set_mapsize(created, size), "mdb_env_set_mapsize")
        try check(mdb_env_set_maxdbs(created, 128), "mdb_env_set_maxdbs")
        try check(mdb_env_set_maxreaders(created, 512), "mdb_env_set_maxreaders")
        try check(mdb_env_open(created, path, flags, 0o640), "mdb_env_open")
        return created
      } catch {
        mdb_env_close(created)
        guard error.code == ENOMEM, size > 64 << 20 else { throw error }
        size /= 2
      }
    }
  }

  /// Keeps the data file from a child process, which must not hold LMDB's locks.
  private func closeOnExec() {
    if let descriptor = try? self.descriptor() { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }
}

extension Environment {
  /// Lends a read transaction: one consistent snapshot, for at most about a second.
  func read<Result, Failure: Error>(
    _ body: (borrowing ReadTransaction) throws(Failure) -> Result
  ) throws -> Result {
    let transaction = try ReadTransaction(self)
    do {
      return try body(transaction)
    } catch let error as ByteReader.Malformed {
      throw EventLogError.damaged(reason: "\(error)")
    }
  }

  /// Lends the write transaction and commits it if `body` returns; aborts if it throws.
  ///
  /// Waits for the writer of any process. The closure must not open another transaction.
  func write<Result, Failure: Error>(
    _ body: (borrowing WriteTransaction) throws(Failure) -> Result
  ) throws -> Result {
    let transaction = try WriteTransaction(self)
    let result: Result
    do {
      result = try body(transaction)
    } catch let error as ByteReader.Malformed {
      throw EventLogError.damaged(reason: "\(error)")
    }
    try transaction.commit()
    return result
  }

  /// The data file's descriptor, which the environment keeps open.
  func descriptor() throws(LMDBError) -> CInt {
    var descriptor: CInt = -1
    try check(mdb_env_get_fd(handle, &descriptor), "mdb_env_get_fd")
    return descriptor
  }

  /// How many pages of the data file are in use as of the last commit, the bytes of a page, and those of the map.
  func pages() throws(LMDBError) -> (used: Int, pageSize: Int, mapSize: Int) {
    var info = MDB_envinfo()
    try check(mdb_env_info(handle, &info), "mdb_env_info")
    var stat = MDB_stat()
    try check(mdb_env_stat(handle, &stat), "mdb_env_stat")
    return (Int(info.me_last_pgno) + 1, Int(stat.ms_psize), Int(info.me_mapsize))
  }

  /// The transaction numbers in the file's two meta pages, or nil where they cannot be read.
  func metaPageTransactions() throws(LMDBError) -> [UInt64]? {
    let descriptor = try self.descriptor()
    var stat = MDB_stat()
    try check(mdb_env_stat(handle, &stat), "mdb_env_stat")
    let pageSize = Int(stat.ms_psize)
    // Behind the page's header of 16 bytes: magic, version, address, map size, two tables, last page.
    let offset = 16 + 4 + 4 + 8 + 8 + 96 + 8
    var pages = [UInt8](repeating: 0, count: 2 * pageSize)
    guard pageSize > offset + 8, pread(descriptor, &pages, pages.count, 0) == pages.count else {
      return nil
    }
    return pages.withUnsafeBytes { bytes in
      [0, pageSize].map { bytes.loadUnaligned(fromByteOffset: $0 + offset, as: UInt64.self) }
    }
  }

  /// What is wrong with the pages of the file in a snapshot of this moment, nil where nothing is found.
  ///
  /// - Complexity: O(*n*) in the number of pages.
  func damagedPages() throws -> String? {
    let descriptor = try self.descriptor()
    var stat = MDB_stat()
    try check(mdb_env_stat(handle, &stat), "mdb_env_stat")
    // Two commits later, another meta page stands in the place of the snapshot's.
    for _ in 0..<Self.mostSnapshots {
      let transaction = try ReadTransaction(self)
      let number = UInt64(transaction.id)
      let walk = PageWalk(descriptor, pageSize: Int(stat.ms_psize), transaction: number)
      try transaction.close()
      if let walk { return walk.problem }
    }
    return nil
  }

  private static let mostSnapshots = 100

  /// Clears the reader slots of processes that died; returns how many there were.
  @discardableResult
  func clearStaleReaders() throws(LMDBError) -> Int {
    var dead: CInt = 0
    try check(mdb_reader_check(handle, &dead), "mdb_reader_check")
    return Int(dead)
  }

  /// Writes a copy without free pages to the folder `path`, which must exist and be empty.
  func compactCopy(to path: String) throws(LMDBError) {
    try check(mdb_env_copy2(handle, path, CUnsignedInt(MDB_CP_COMPACT)), "mdb_env_copy2")
  }
}
