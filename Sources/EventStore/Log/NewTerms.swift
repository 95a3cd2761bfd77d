/// Terms that got their numbers in a transaction, on their way into `terms` in the order of their keys.
///
/// A cursor that meets keys in order stays on a page for all that belong on it; where each is put in as it comes, the
/// page is searched for each time.
struct NewTerms {
  private var keys: [UInt8] = []
  private var entries: [Entry] = []

  private struct Entry {
    /// The first eight bytes behind the key's first, which all keys share; 0 for those that are missing.
    let head: UInt64
    let start: Int
    let count: Int
    let number: UInt32
  }

  /// Takes in a term's key and number; no key comes twice.
  mutating func add(_ key: [UInt8], _ number: UInt32) {
    var head: UInt64 = 0
    for place in 1...8 { head = head << 8 | (place < key.count ? UInt64(key[place]) : 0) }
    entries.append(Entry(head: head, start: keys.count, count: key.count, number: number))
    keys.append(contentsOf: key)
  }

  /// Stores what was taken in, and begins anew.
  ///
  /// - Throws: Where a key has a row already.
  mutating func store(_ table: Table, _ transaction: borrowing WriteTransaction) throws {
    guard !entries.isEmpty else { return }
    defer {
      keys.removeAll(keepingCapacity: true)
      entries.removeAll(keepingCapacity: true)
    }
    let sorted = keys.withUnsafeBytes { keys in
      entries.sorted { left, right in
        guard left.head == right.head else { return left.head < right.head }
        return keys[left.start..<left.start + left.count]
          .lexicographicallyPrecedes(keys[right.start..<right.start + right.count])
      }
    }
    let cursor = try Cursor(table, transaction)
    var key: [UInt8] = []
    var row = ByteWriter()
    for entry in sorted {
      key.removeAll(keepingCapacity: true)
      key.append(contentsOf: keys[entry.start..<entry.start + entry.count])
      row.bytes.removeAll(keepingCapacity: true)
      TermNumbers.append(entry.number, under: key, to: &row)
      try cursor.add(key, row.bytes)
    }
  }
}
