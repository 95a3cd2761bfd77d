/// A view in one snapshot of the store.
public struct ViewReader: ~Copyable {
  private let table: Table
  private let transaction: OpaqueSnapshot

  init(_ table: Table, _ transaction: borrowing ReadTransaction) {
    self.table = table
    self.transaction = OpaqueSnapshot(transaction)
  }

  /// The value under `key`, or nil where there is none.
  public func value(_ key: [UInt8]) throws -> [UInt8]? {
    try transaction.value(table, key)
  }

  /// Lends the rows from `first` on, in byte order of their keys, while `body` returns true.
  public func rows(
    from first: [UInt8],
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Bool
  ) throws {
    let cursor = try Cursor(table, transaction)
    var row = first.isEmpty ? try cursor.first() : try cursor.seek(to: first)
    while let current = row, try body(current.key, current.value) { row = try cursor.next() }
  }

  /// Copies of the rows whose keys begin with `prefix`, in byte order of their keys.
  ///
  /// - Complexity: O(*n*) in the number of such rows.
  public func rows(prefix: [UInt8]) throws -> [(key: [UInt8], value: [UInt8])] {
    var found: [(key: [UInt8], value: [UInt8])] = []
    try rows(from: prefix) { key, value in
      guard key.starts(with: prefix) else { return false }
      found.append((key: Array(key), value: Array(value)))
      return true
    }
    return found
  }
}

/// A snapshot lent for the length of a call.
struct OpaqueSnapshot: TableReading {
  let handle: OpaquePointer

  init(_ transaction: borrowing ReadTransaction) {
    handle = transaction.handle
  }
}
