internal import CLMDB
internal import Glibc

/// A place in a table, moved row by row within one transaction.
///
/// Key and value of a row are valid until the cursor moves or the transaction ends.
struct Cursor: ~Copyable {
  private let handle: OpaquePointer

  /// One row as it lies in the map.
  typealias Row = (key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)

  init(
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws(LMDBError) {
    var opened: OpaquePointer?
    try check(mdb_cursor_open(transaction.handle, table.index, &opened), "mdb_cursor_open")
    guard let opened else { throw LMDBError(code: EINVAL, function: "mdb_cursor_open") }
    handle = opened
  }

  deinit { mdb_cursor_close(handle) }

  /// The first row whose key is not before `key`.
  func seek(to key: [UInt8]) throws(LMDBError) -> Row? {
    var found = MDB_val()
    var value = MDB_val()
    let status = key.withUnsafeBytes { bytes in
      found = MDB_val(mv_size: bytes.count, mv_data: .init(mutating: bytes.baseAddress))
      return mdb_cursor_get(handle, &found, &value, MDB_SET_RANGE)
    }
    return try row(status, found, value)
  }

  /// The last row whose key is not after `key`.
  func seek(atOrBefore key: [UInt8]) throws(LMDBError) -> Row? {
    guard let row = try seek(to: key) else { return try last() }
    if row.key.count == key.count, row.key.elementsEqual(key) { return row }
    return try previous()
  }

  /// The first row of the table.
  func first() throws(LMDBError) -> Row? { try get(MDB_FIRST) }
  /// The last row of the table.
  func last() throws(LMDBError) -> Row? { try get(MDB_LAST) }
  /// The row after the current one.
  func next() throws(LMDBError) -> Row? { try get(MDB_NEXT) }
  /// The row before the current one.
  func previous() throws(LMDBError) -> Row? { try get(MDB_PREV) }

  /// Stores `value` under `key`, replacing what was there; the transaction must be a write transaction.
  ///
  /// Where the key is on the page that the cursor is on, the page is not searched for.
  func put(_ key: [UInt8], _ value: [UInt8]) throws(LMDBError) {
    try put(key, value, flags: 0)
  }

  /// Stores `value` under a key that has no row yet; where it has one, that stays and an error is thrown.
  func add(_ key: [UInt8], _ value: [UInt8]) throws(LMDBError) {
    try put(key, value, flags: CUnsignedInt(MDB_NOOVERWRITE))
  }

  private func put(
    _ key: [UInt8],
    _ value: [UInt8],
    flags: CUnsignedInt
  ) throws(LMDBError) {
    let status = key.withUnsafeBytes { keyBytes in
      value.withUnsafeBytes { valueBytes in
        var key = MDB_val(mv_size: keyBytes.count, mv_data: .init(mutating: keyBytes.baseAddress))
        var value = MDB_val(
          mv_size: valueBytes.count,
          mv_data: .init(mutating: valueBytes.baseAddress)
        )
        return mdb_cursor_put(handle, &key, &value, flags)
      }
    }
    try check(status, "mdb_cursor_put")
  }

  private func get(_ operation: MDB_cursor_op) throws(LMDBError) -> Row? {
    var key = MDB_val()
    var value = MDB_val()
    let status = mdb_cursor_get(handle, &key, &value, operation)
    return try row(status, key, value)
  }

  private func row(_ status: CInt, _ key: MDB_val, _ value: MDB_val) throws(LMDBError) -> Row? {
    guard status != MDB_NOTFOUND else { return nil }
    try check(status, "mdb_cursor_get")
    return (
      UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size),
      UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
    )
  }
}
