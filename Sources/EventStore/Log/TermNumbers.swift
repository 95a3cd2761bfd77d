/// Numbers for values that many events share, handed out by the append, for each field from 1.
///
/// A number is never given to another value, also where its value is deleted.
struct TermNumbers {
  private var known: [Term: UInt32] = [:]
  private var next: [UInt8: UInt32] = [:]
  private var changed: Set<UInt8> = []
  private static let cacheLimit = 1 << 20

  /// The number of a value, a new one where it was never seen.
  mutating func number(
    _ term: Term,
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if let number = known[term] { return number }
    let key = Keys.term(term)
    if let stored = try Self.number(key, table, transaction) {
      remember(term, stored)
      return stored
    }
    let number = try nextNumber(term.field, table, transaction)
    guard number < .max else {
      throw EventLogError.damaged(reason: "the numbers of a field are used up")
    }
    try transaction.put(table, key, Keys.ordered(number))
    try transaction.put(
      table,
      Keys.termNumber(field: term.field, number: number),
      Keys.keptValue(of: term)
    )
    next[term.field] = number + 1
    changed.insert(term.field)
    remember(term, number)
    return number
  }

  /// Writes the next numbers that changed.
  mutating func flush(_ table: Table, _ transaction: borrowing WriteTransaction) throws {
    for field in changed.sorted() {
      try transaction.put(table, Keys.termCounter(field: field), Keys.ordered(next[field] ?? 1))
    }
    changed.removeAll()
  }

  /// The number stored under a term's key, or nil.
  static func number(
    _ key: [UInt8],
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> UInt32? {
    try transaction.withValue(table, key) { bytes in
      guard let bytes else { return nil }
      var reader = ByteReader(bytes)
      return try reader.ordered(UInt32.self)
    }
  }

  private mutating func remember(_ term: Term, _ number: UInt32) {
    if known.count >= Self.cacheLimit { known.removeAll(keepingCapacity: true) }
    known[term] = number
  }

  private func nextNumber(
    _ field: UInt8,
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if let number = next[field] { return number }
    return try Self.number(Keys.termCounter(field: field), table, transaction) ?? 1
  }
}
