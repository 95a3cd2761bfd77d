internal import CSQLite
internal import Foundation

/// SQLite in WAL mode with full synchronisation: one table of positions and bytes.
final class SQLiteStore {
  private var database: OpaquePointer?

  init(_ folder: String) throws {
    try check(sqlite3_open(folder + "/events.sqlite", &database))
    try execute("PRAGMA journal_mode=WAL")
    try execute("PRAGMA synchronous=FULL")
    try execute("CREATE TABLE events(position INTEGER PRIMARY KEY, data BLOB)")
  }

  /// Opens a database that was filled before.
  init(existing folder: String) throws {
    try check(sqlite3_open(folder + "/events.sqlite", &database))
  }

  deinit { sqlite3_close(database) }

  /// Appends in transactions of `batch` events; returns how many seconds that took.
  func append(_ events: [[UInt8]], batch: Int) throws -> Double {
    var statement: OpaquePointer?
    try check(
      sqlite3_prepare_v2(database, "INSERT INTO events VALUES(?,?)", -1, &statement, nil)
    )
    defer { sqlite3_finalize(statement) }
    return try Measure.time {
      for start in stride(from: 0, to: events.count, by: batch) {
        try execute("BEGIN")
        for position in start..<min(start + batch, events.count) {
          try events[position].withUnsafeBytes { bytes in
            try check(sqlite3_bind_int64(statement, 1, Int64(position)))
            try check(sqlite3_bind_blob(statement, 2, bytes.baseAddress, Int32(bytes.count), nil))
            guard sqlite3_step(statement) == SQLITE_DONE else { throw failure }
            try check(sqlite3_reset(statement))
          }
        }
        try execute("COMMIT")
      }
    }
  }

  /// Makes a table of what a view would keep of each event; returns how many seconds that took.
  func project() throws -> Double {
    try execute("DROP TABLE IF EXISTS view")
    return try Measure.time {
      try execute(
        """
        CREATE TABLE view AS SELECT position, json_extract(data, '$.eventType') AS type,
        json_extract(data, '$.actor.alternateId') AS actor FROM
        (SELECT position, CAST(data AS TEXT) AS data FROM events)
        """
      )
    }
  }

  private func execute(_ sql: String) throws {
    try check(sqlite3_exec(database, sql, nil, nil, nil))
  }

  private func check(_ status: Int32) throws {
    guard status == SQLITE_OK else { throw failure }
  }

  private var failure: Failure { Failure(String(cString: sqlite3_errmsg(database))) }
}
