internal import Glibc

/// Numbers for values that many events share, handed out by the append, for each field from 1.
///
/// A number is never given to another value, also where its value is deleted.
struct TermNumbers {
  private var known = TermTable()
  private var next: [UInt8: UInt32] = [:]
  private var changed: Set<UInt8> = []
  private var types: [[UInt8]: UInt32] = [:]
  private static let cacheLimit = 1 << 20

  /// The number of a value, a new one where it was never seen.
  ///
  /// - Parameters:
  ///   - term: The field, and where its value stands in `bytes`.
  mutating func number(
    _ term: PreparedTerm,
    _ bytes: [UInt8],
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if let number = known.number(of: term, bytes) { return number }
    let value = Array(bytes[term.start..<term.start + term.count])
    let number = try number(Term(field: term.field, value: value), table, transaction)
    if known.count >= Self.cacheLimit { known = TermTable() }
    known.insert(term, value, number)
    return number
  }

  /// The number of an event's type.
  mutating func number(
    ofType type: [UInt8],
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if let number = types[type] { return number }
    let number = try number(Term(field: Term.typeField, value: type), table, transaction)
    types[type] = number
    return number
  }

  private mutating func number(
    _ term: Term,
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    let key = Keys.term(term)
    if let stored = try Self.number(key, table, transaction) { return stored }
    let number = try nextNumber(term.field, table, transaction)
    guard number < .max >> 1 else {
      throw EventLogError.damaged(reason: "the numbers of a field are used up")
    }
    try transaction.put(table, key, Self.row(key, number))
    if term.field == Term.typeField {
      try transaction.put(
        table,
        Keys.termNumber(field: term.field, number: number),
        Keys.keptValue(of: term)
      )
    }
    next[term.field] = number + 1
    changed.insert(term.field)
    return number
  }

  /// Writes the next numbers that changed.
  mutating func flush(_ table: Table, _ transaction: borrowing WriteTransaction) throws {
    for field in changed.sorted() {
      try transaction.put(table, Keys.termCounter(field: field), Keys.ordered(next[field] ?? 1))
    }
    changed.removeAll()
  }

  private func nextNumber(
    _ field: UInt8,
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if let number = next[field] { return number }
    return try Self.counter(field, table, transaction) ?? 1
  }
}

// MARK: - Rows

extension TermNumbers {
  /// The value of a term's row: its number as a varint, and two bytes that find accidents in key and number.
  static func row(_ key: [UInt8], _ number: UInt32) -> [UInt8] {
    var writer = ByteWriter(capacity: 8)
    writer.varint(UInt64(number))
    writer.fixed(UInt16(truncatingIfNeeded: Checksum.of(key, writer.bytes)))
    return writer.bytes
  }

  /// The number stored under a term's key, or nil.
  static func number(
    _ key: [UInt8],
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> UInt32? {
    try transaction.withValue(table, key) { bytes in
      guard let bytes else { return nil }
      return try number(inRow: bytes)
    }
  }

  /// The number in a term's row.
  static func number(inRow bytes: UnsafeRawBufferPointer) throws(ByteReader.Malformed) -> UInt32 {
    var reader = ByteReader(bytes)
    return try reader.number()
  }

  /// The number that the next new value of a field gets, or nil where it has none yet.
  static func counter(
    _ field: UInt8,
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> UInt32? {
    try transaction.withValue(table, Keys.termCounter(field: field)) { bytes in
      guard let bytes else { return nil }
      var reader = ByteReader(bytes)
      return try reader.ordered(UInt32.self)
    }
  }
}
