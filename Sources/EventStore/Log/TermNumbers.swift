/// Numbers for values that many events share, handed out by the append, from 1.
///
/// One value has one number, whatever fields it stands in: who acts in one event is acted on in
/// another. A number is never given to another value, also where its value is deleted.
struct TermNumbers {
  private var known = TermTable(capacity: 1 << 11)
  /// Whether every stored value is in `known` or `types`, or too long for it: then what is not there is new.
  private var knowsAll = false
  /// Values of the transaction that are not stored yet.
  private var new = NewTerms()
  private var next: UInt32?
  private var isChanged = false
  private var types: [[UInt8]: UInt32] = [:]
  /// The key and the value of the row that is being looked for or written.
  private var key: [UInt8] = []
  private var row = ByteWriter()
  /// How many values stay in memory.
  private let limit: Int
  /// Longer values are few, and would take the room of many.
  private static let longestCached = 1 << 12

  /// Numbers of which nothing is in memory yet, and of at most `limit` values will be.
  init(limit: Int) {
    self.limit = limit
  }

  /// The numbers of a batch's values as far as they are in memory, else 0.
  func known(of values: [TermValue], _ bytes: [UInt8]) -> [UInt32] {
    known.numbers(of: values, in: bytes)
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
    let number = try bytes.withUnsafeBytes {
      let value = UnsafeRawBufferPointer(rebasing: $0[value.range])
      return try self.number(value, table, transaction, isCertainlyNew: isNew(value))
    }
    guard value.count <= Self.longestCached else { return number }
    if known.count >= limit || known.isFull {
      known.removeAll()
      knowsAll = false
      try new.store(table, transaction)
    }
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
    // A value that is called like it has its number.
    try new.store(table, transaction)
    let number = try type.withUnsafeBytes {
      try self.number($0, table, transaction, isCertainlyNew: false)
    }
    let key = Keys.typeName(number)
    if try transaction.value(table, key) == nil { try transaction.put(table, key, type) }
    types[type] = number
    return number
  }

  private mutating func number(
    _ value: UnsafeRawBufferPointer,
    _ table: Table,
    _ transaction: borrowing WriteTransaction,
    isCertainlyNew: Bool
  ) throws -> UInt32 {
    key.removeAll(keepingCapacity: true)
    Keys.append(term: value, to: &key)
    let number = try following(table, transaction)
    guard !isCertainlyNew else {
      new.add(key, number)
      next = number + 1
      isChanged = true
      return number
    }
    row.bytes.removeAll(keepingCapacity: true)
    Self.append(number, under: key, to: &row)
    let stored = try transaction.insert(table, key, row.bytes) {
      try Self.number(inRow: $0)
    }
    if let stored { return stored }
    next = number + 1
    isChanged = true
    return number
  }

  /// The number that the next new value gets.
  private mutating func following(
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if next == nil {
      let stored = try Self.counter(table, transaction)
      knowsAll = stored == nil
      next = stored ?? 1
    }
    guard let next, next < .max >> 1 else {
      throw EventLogError.damaged(reason: "the numbers of terms are used up")
    }
    return next
  }

  /// Whether nothing is stored under that value: it is not in memory, as all that is stored is.
  private func isNew(_ value: UnsafeRawBufferPointer) -> Bool {
    guard knowsAll, value.count <= Self.longestCached else { return false }
    return !types.keys.contains { type in
      type.count == value.count && type.withUnsafeBytes { $0.hasSameBytes(as: value) }
    }
  }

  /// Writes new values, and the next number where it changed.
  mutating func flush(_ table: Table, _ transaction: borrowing WriteTransaction) throws {
    try new.store(table, transaction)
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
    append(number, under: key, to: &writer)
    return writer.bytes
  }

  /// Appends the value of a term's row.
  static func append(_ number: UInt32, under key: [UInt8], to row: inout ByteWriter) {
    row.varint(UInt64(number))
    var checksum = Checksum()
    key.withUnsafeBytes { checksum.add($0) }
    row.bytes.withUnsafeBytes { checksum.add($0) }
    row.fixed(UInt16(truncatingIfNeeded: checksum.value))
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
