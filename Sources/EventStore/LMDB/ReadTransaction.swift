internal import CLMDB
internal import Glibc

/// What both kinds of transaction can do: read tables.
protocol TableReading: ~Copyable {
  var handle: OpaquePointer { get }
}

/// A snapshot of all tables; it ends when it goes away.
struct ReadTransaction: ~Copyable, TableReading {
  let handle: OpaquePointer

  @available(*, noasync)
  init(_ environment: Environment) throws(LMDBError) {
    var begun: OpaquePointer?
    // Taking a larger map now would move it from under the other threads' transactions.
    try check(
      mdb_txn_begin(environment.handle, nil, CUnsignedInt(MDB_RDONLY), &begun),
      "mdb_txn_begin"
    )
    guard let begun else { throw LMDBError(code: EINVAL, function: "mdb_txn_begin") }
    handle = begun
  }

  /// The id of the last transaction that wrote, in this snapshot.
  var id: Int { Int(bitPattern: UInt(mdb_txn_id(handle))) }

  /// Ends the snapshot and keeps the tables opened in it open.
  consuming func close() throws(LMDBError) {
    let status = mdb_txn_commit(handle)
    // LMDB has already freed the handle, so `deinit` must not abort it.
    discard self
    try check(status, "mdb_txn_commit")
  }

  deinit { mdb_txn_abort(handle) }
}

/// The open write transaction; it aborts when it goes away uncommitted.
struct WriteTransaction: ~Copyable, TableReading {
  let handle: OpaquePointer

  @available(*, noasync)
  init(_ environment: Environment) throws(LMDBError) {
    var begun: OpaquePointer?
    environment.waiting?.waitBegins()
    let status = mdb_txn_begin(environment.handle, nil, 0, &begun)
    environment.waiting?.waitEnds()
    try check(status, "mdb_txn_begin")
    guard let begun else { throw LMDBError(code: EINVAL, function: "mdb_txn_begin") }
    handle = begun
  }

  /// The id this transaction will have if it writes and commits.
  var id: Int { Int(bitPattern: UInt(mdb_txn_id(handle))) }

  /// Commits, and ends the transaction whether or not LMDB succeeds.
  consuming func commit() throws(LMDBError) {
    let status = mdb_txn_commit(handle)
    // LMDB has already freed the handle, so `deinit` must not abort it.
    discard self
    try check(status, "mdb_txn_commit")
  }

  deinit { mdb_txn_abort(handle) }
}

/// A write transaction lent to a class for the length of a call.
///
/// A non-copyable value cannot be stored in one; whoever makes a loan ends it before the transaction
/// ends.
struct TransactionLoan: TableReading {
  let handle: OpaquePointer

  init(_ transaction: borrowing WriteTransaction) {
    handle = transaction.handle
  }
}
