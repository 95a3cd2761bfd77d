internal import CLMDB
internal import Foundation

/// LMDB as C offers it: one table of positions and bytes, nothing else.
final class LMDBStore {
  private var environment: OpaquePointer?

  init(_ folder: String) throws {
    try check(mdb_env_create(&environment))
    try check(mdb_env_set_mapsize(environment, 1 << 36))
    try check(mdb_env_open(environment, folder, 0, 0o640))
  }

  deinit { mdb_env_close(environment) }

  /// Appends in transactions of `batch` rows; returns how many seconds that took.
  func append(_ rows: [[UInt8]], batch: Int) throws -> Double {
    try Measure.time {
      for start in stride(from: 0, to: rows.count, by: batch) {
        var transaction: OpaquePointer?
        try check(mdb_txn_begin(environment, nil, 0, &transaction))
        var table: MDB_dbi = 0
        try check(mdb_dbi_open(transaction, nil, 0, &table))
        for position in start..<min(start + batch, rows.count) {
          try put(UInt64(position).bigEndian, rows[position], table, transaction)
        }
        try check(mdb_txn_commit(transaction))
      }
    }
  }

  private func put(
    _ position: UInt64,
    _ row: [UInt8],
    _ table: MDB_dbi,
    _ transaction: OpaquePointer?
  ) throws {
    var position = position
    try withUnsafeMutableBytes(of: &position) { keyBytes in
      try row.withUnsafeBytes { rowBytes in
        var key = MDB_val(mv_size: 8, mv_data: keyBytes.baseAddress)
        var value = MDB_val(
          mv_size: rowBytes.count,
          mv_data: UnsafeMutableRawPointer(mutating: rowBytes.baseAddress)
        )
        try check(mdb_put(transaction, table, &key, &value, UInt32(MDB_APPEND)))
      }
    }
  }

  private func check(_ status: Int32) throws {
    guard status == 0 else { throw Failure(String(cString: mdb_strerror(status))) }
  }
}
