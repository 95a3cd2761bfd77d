/// A view while an event is taken into it: rows under byte keys, in byte order.
///
/// Changes are held back until the fold of the event has succeeded.
public final class ViewWriter {
  private let stored: (table: Table, transaction: TransactionLoan)?
  private var changes: [[UInt8]: [UInt8]?] = [:]
  /// A key that no key of the stored view is greater than, once one was asked for.
  private var greatest: [UInt8]?
  /// The rows of a view that is in memory only.
  private(set) var kept = SortedRows()

  init(_ table: Table, _ transaction: TransactionLoan) {
    stored = (table, transaction)
  }

  /// Makes an empty view in memory.
  init() {
    stored = nil
  }

  /// The value under `key`, or nil where there is none.
  ///
  /// - Throws: Where the key has no bytes or more than 511; leave it to end the fold.
  public func value(_ key: [UInt8]) throws -> [UInt8]? {
    try ViewError.check(key)
    if let changed = changes[key] { return changed }
    guard let stored else { return kept[key] }
    return try stored.transaction.value(stored.table, key)
  }

  /// Stores `value` under `key`, of 1 to 511 bytes.
  public func put(_ key: [UInt8], _ value: [UInt8]) {
    changes[key] = .some(value)
  }

  /// Removes what stands under `key`.
  public func remove(_ key: [UInt8]) {
    changes[key] = .some(nil)
  }

  /// The rows whose keys begin with `prefix`, in byte order of their keys.
  ///
  /// - Complexity: O(*n*) in the number of such rows.
  public func rows(prefix: [UInt8]) throws -> [(key: [UInt8], value: [UInt8])] {
    var rows: [(key: [UInt8], value: [UInt8])] = []
    if let stored {
      let cursor = try Cursor(stored.table, stored.transaction)
      var row = prefix.isEmpty ? try cursor.first() : try cursor.seek(to: prefix)
      while let current = row, current.key.starts(with: prefix) {
        rows.append((key: Array(current.key), value: Array(current.value)))
        row = try cursor.next()
      }
    } else {
      kept.rows(from: prefix) { row in
        guard row.key.starts(with: prefix) else { return false }
        rows.append(row)
        return true
      }
    }
    let changed = changes.filter { $0.key.starts(with: prefix) }
    guard !changed.isEmpty else { return rows }
    rows.removeAll { changed[$0.key] != nil }
    for (key, value) in changed {
      if let value { rows.append((key: key, value: value)) }
    }
    return rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }
}

extension ViewWriter {
  /// Throws where a held change is under a key that no row can have.
  func checkKeys() throws(ViewError) {
    for key in changes.keys { try ViewError.check(key) }
  }

  /// Writes the held changes to the store, in byte order of their keys.
  func flush() throws {
    guard !changes.isEmpty else { return }
    defer { changes.removeAll(keepingCapacity: true) }
    guard let stored else {
      for (key, value) in changes { kept[key] = value }
      return
    }
    for (key, value) in changes.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if let value {
        try put(key, value, stored.table, stored.transaction)
      } else {
        try stored.transaction.remove(stored.table, key)
      }
    }
  }

  /// Stores a row; one behind all others is appended, so that rows that come in order fill their pages.
  private func put(
    _ key: [UInt8],
    _ value: [UInt8],
    _ table: Table,
    _ transaction: TransactionLoan
  ) throws {
    let last = try greatest ?? lastKey(table, transaction)
    if last.lexicographicallyPrecedes(key) {
      try transaction.append(table, key, value)
      greatest = key
    } else {
      try transaction.put(table, key, value)
      greatest = last
    }
  }

  private func lastKey(_ table: Table, _ transaction: TransactionLoan) throws -> [UInt8] {
    let cursor = try Cursor(table, transaction)
    return try cursor.last().map { Array($0.key) } ?? []
  }

  /// Forgets the held changes.
  func discard() {
    changes.removeAll(keepingCapacity: true)
  }
}
