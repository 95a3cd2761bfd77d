internal import CLMDB
internal import Glibc

/// A named table of an environment: byte keys in byte order, byte values.
struct Table: Sendable {
  let index: MDB_dbi

  /// Opens `name`, creating it where it is missing.
  init(
    _ name: String,
    creatingIn transaction: borrowing some TableWriting & ~Copyable
  ) throws(LMDBError) {
    var opened: MDB_dbi = 0
    try check(
      mdb_dbi_open(transaction.handle, name, CUnsignedInt(MDB_CREATE), &opened),
      "mdb_dbi_open"
    )
    index = opened
  }

  /// Opens `name`, or is nil where there is none.
  init?(_ name: String, in transaction: borrowing some TableReading & ~Copyable) throws(LMDBError) {
    var opened: MDB_dbi = 0
    let status = mdb_dbi_open(transaction.handle, name, 0, &opened)
    guard status != MDB_NOTFOUND else { return nil }
    try check(status, "mdb_dbi_open")
    index = opened
  }
}

extension TableReading where Self: ~Copyable {
  /// Lends the value under `key`, or nil where there is none, to `body`.
  func withValue<Result>(
    _ table: Table,
    _ key: [UInt8],
    _ body: (UnsafeRawBufferPointer?) throws -> Result
  ) throws -> Result {
    var found = MDB_val()
    let status = key.withUnsafeBytes { bytes in
      var searched = MDB_val(mv_size: bytes.count, mv_data: .init(mutating: bytes.baseAddress))
      return mdb_get(handle, table.index, &searched, &found)
    }
    guard status != MDB_NOTFOUND else { return try body(nil) }
    try check(status, "mdb_get")
    return try body(UnsafeRawBufferPointer(start: found.mv_data, count: found.mv_size))
  }

  /// A copy of the value under `key`, or nil where there is none.
  func value(_ table: Table, _ key: [UInt8]) throws -> [UInt8]? {
    try withValue(table, key) { $0.map(Array.init) }
  }

  /// How many rows the table has.
  func count(_ table: Table) throws(LMDBError) -> Int {
    var stat = MDB_stat()
    try check(mdb_stat(handle, table.index, &stat), "mdb_stat")
    return Int(stat.ms_entries)
  }

  /// How many pages the table takes, and how many of them are overflow pages.
  func pages(_ table: Table) throws(LMDBError) -> (all: Int, overflow: Int) {
    var stat = MDB_stat()
    try check(mdb_stat(handle, table.index, &stat), "mdb_stat")
    let overflow = Int(stat.ms_overflow_pages)
    return (Int(stat.ms_branch_pages) + Int(stat.ms_leaf_pages) + overflow, overflow)
  }
}

/// What only the writer can do: change tables.
protocol TableWriting: TableReading, ~Copyable {}

extension WriteTransaction: TableWriting {}
extension TransactionLoan: TableWriting {}

extension TableWriting where Self: ~Copyable {
  /// Stores `value` under `key`, replacing what was there.
  func put(_ table: Table, _ key: [UInt8], _ value: [UInt8]) throws(LMDBError) {
    try put(table, key, value, flags: 0)
  }

  /// Stores a row whose key must come after every other key of the table.
  func append(_ table: Table, _ key: [UInt8], _ value: [UInt8]) throws(LMDBError) {
    try put(table, key, value, flags: CUnsignedInt(MDB_APPEND))
  }

  /// Stores a row unless there is one under `key`; lends `body` what is there, and returns what that makes
  /// of it.
  func insert<Result>(
    _ table: Table,
    _ key: [UInt8],
    _ value: [UInt8],
    unlessThere body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result? {
    var there = MDB_val()
    let status = putStatus(table, key, value, flags: CUnsignedInt(MDB_NOOVERWRITE), &there)
    guard status == MDB_KEYEXIST else {
      try check(status, "mdb_put")
      return nil
    }
    return try body(UnsafeRawBufferPointer(start: there.mv_data, count: there.mv_size))
  }

  private func put(
    _ table: Table,
    _ key: [UInt8],
    _ value: [UInt8],
    flags: CUnsignedInt
  ) throws(LMDBError) {
    var there = MDB_val()
    try check(putStatus(table, key, value, flags: flags, &there), "mdb_put")
  }

  private func putStatus(
    _ table: Table,
    _ key: [UInt8],
    _ value: [UInt8],
    flags: CUnsignedInt,
    _ there: inout MDB_val
  ) -> CInt {
    key.withUnsafeBytes { keyBytes in
      value.withUnsafeBytes { valueBytes in
        var key = MDB_val(mv_size: keyBytes.count, mv_data: .init(mutating: keyBytes.baseAddress))
        there = MDB_val(
          mv_size: valueBytes.count,
          mv_data: .init(mutating: valueBytes.baseAddress)
        )
        return mdb_put(handle, table.index, &key, &there, flags)
      }
    }
  }

  /// Removes the row under `key`; returns whether there was one.
  @discardableResult
  func remove(_ table: Table, _ key: [UInt8]) throws(LMDBError) -> Bool {
    let status = key.withUnsafeBytes { bytes in
      var key = MDB_val(mv_size: bytes.count, mv_data: .init(mutating: bytes.baseAddress))
      return mdb_del(handle, table.index, &key, nil)
    }
    guard status != MDB_NOTFOUND else { return false }
    try check(status, "mdb_del")
    return true
  }

  /// Removes every row; the table stays, so that handles of other threads stay valid.
  func empty(_ table: Table) throws(LMDBError) {
    try check(mdb_drop(handle, table.index, 0), "mdb_drop")
  }
}
