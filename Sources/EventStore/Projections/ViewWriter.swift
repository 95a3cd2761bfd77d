/// A view while an event is taken into it: rows under byte keys, in byte order.
///
/// Changes are held back until the fold of the event has succeeded.
public final class ViewWriter {
  private let stored: (table: Table, transaction: TransactionLoan)?
  private var changes: [[UInt8]: [UInt8]?] = [:]
  /// The rows of a view that is in memory only.
  private(set) var kept: [[UInt8]: [UInt8]] = [:]

  init(_ table: Table, _ transaction: TransactionLoan) {
    stored = (table, transaction)
  }

  /// Makes an empty view in memory.
  init() {
    stored = nil
  }

  /// The value under `key`, or nil where there is none.
  public func value(_ key: [UInt8]) throws -> [UInt8]? {
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
    var found = kept.filter { $0.key.starts(with: prefix) }
    if let stored {
      let cursor = try Cursor(stored.table, stored.transaction)
      var row = try cursor.seek(to: prefix)
      while let current = row, current.key.starts(with: prefix) {
        found[Array(current.key)] = Array(current.value)
        row = try cursor.next()
      }
    }
    for (key, value) in changes where key.starts(with: prefix) { found[key] = value }
    return found.map { (key: $0.key, value: $0.value) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  /// Writes the held changes to the store, in byte order of their keys.
  func flush() throws {
    guard let stored else { return keep() }
    for (key, value) in changes.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if let value {
        try stored.transaction.put(stored.table, key, value)
      } else {
        try stored.transaction.remove(stored.table, key)
      }
    }
    changes.removeAll(keepingCapacity: true)
  }

  /// Takes the held changes into the rows in memory.
  func keep() {
    for (key, value) in changes { kept[key] = value }
    changes.removeAll(keepingCapacity: true)
  }

  /// Forgets the held changes.
  func discard() {
    changes.removeAll(keepingCapacity: true)
  }
}
