internal import Glibc

/// Numbers for values that many events share, handed out by the append, from 1.
///
/// One value has one number, whatever fields it stands in: who acts in one event is acted on in
/// another. A number is never given to another value, also where its value is deleted.
struct TermNumbers {
  private var known = TermTable(capacity: 1 << 11)
  private var next: UInt32?
  private var isChanged = false
  private var types: [[UInt8]: UInt32] = [:]
  private static let cacheLimit = 1 << 20
  /// Longer values are few, and would take the room of many.
  private static let longestCached = 1 << 12

  /// The numbers of a batch's values as far as they are in memory, else 0.
  ///
  /// Looked up in one go, the processor waits for many of them at the same time.
  func known(of values: [TermValue], _ bytes: [UInt8]) -> [UInt32] {
    bytes.withUnsafeBytes { bytes in
      values.map {
        known.number(of: UnsafeRawBufferPointer(rebasing: bytes[$0.range]), hash: $0.hash) ?? 0
      }
    }
  }

  /// The number of a value that is not in memory, a new one where it was never seen.
  ///
  /// The value stands in `bytes`, which are its batch's.
  mutating func number(
    _ value: TermValue,
    _ bytes: [UInt8],
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    let number = try number(Array(bytes[value.range]), table, transaction)
    guard value.count <= Self.longestCached else { return number }
    if known.count >= Self.cacheLimit || known.isFull { known.removeAll() }
    bytes.withUnsafeBytes {
      known.insert(
        UnsafeRawBufferPointer(rebasing: $0[value.range]),
        hash: value.hash,
        number
      )
    }
    return number
  }

  /// The number of an event's type.
  mutating func number(
    ofType type: [UInt8],
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if let number = types[type] { return number }
    let number = try number(type, table, transaction)
    let key = Keys.typeName(number)
    if try transaction.value(table, key) == nil { try transaction.put(table, key, type) }
    types[type] = number
    return number
  }

  private mutating func number(
    _ value: [UInt8],
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    let key = Keys.term(value)
    let number = try next ?? Self.counter(table, transaction) ?? 1
    guard number < .max >> 1 else {
      throw EventLogError.damaged(reason: "the numbers of terms are used up")
    }
    next = number
    let stored = try transaction.insert(table, key, Self.row(key, number)) {
      try Self.number(inRow: $0)
    }
    if let stored { return stored }
    next = number + 1
    isChanged = true
    return number
  }

  /// Writes the next number, where it changed.
  mutating func flush(_ table: Table, _ transaction: borrowing WriteTransaction) throws {
    guard isChanged, let next else { return }
    try transaction.put(table, Keys.termCounter, Keys.ordered(next))
    isChanged = false
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

  /// The number that the next new value gets, or nil where there is none yet.
  static func counter(
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> UInt32? {
    try transaction.withValue(table, Keys.termCounter) { bytes in
      guard let bytes else { return nil }
      var reader = ByteReader(bytes)
      return try reader.ordered(UInt32.self)
    }
  }
}
