/// Reading of the rows of `events`.
enum EventRow {
  /// Lends the event at `position`.
  ///
  /// - Throws: `EventLogError.corrupted` where there is none or it does not decode.
  static func withStored<Result>(
    _ position: UInt64,
    _ events: Table,
    _ transaction: borrowing some TableReading & ~Copyable,
    _ decompressor: Decompressor,
    _ dictionaries: DictionaryShelf,
    _ body: (StoredEvent) throws -> Result
  ) throws -> Result {
    let key = Keys.event(position)
    return try transaction.withValue(events, key) { first in
      guard let first, first.count >= 2 else {
        throw EventLogError.corrupted(at: Position(position), reason: "the row is missing")
      }
      let flags = EventHeader.Flags(rawValue: first[1])
      guard flags.contains(.continued) else {
        return try body(StoredEvent(position, first, decompressor, dictionaries))
      }
      let whole = try ChunkedRows.get(events, key, transaction) ?? []
      return try whole.withUnsafeBytes {
        try body(StoredEvent(position, $0, decompressor, dictionaries))
      }
    }
  }

  /// Lends the events of `range` in order while `body` returns true.
  static func forEach(
    in range: Range<UInt64>,
    _ events: Table,
    _ transaction: borrowing some TableReading & ~Copyable,
    _ decompressor: Decompressor,
    _ dictionaries: DictionaryShelf,
    _ body: (StoredEvent) throws -> Bool
  ) throws {
    guard !range.isEmpty else { return }
    let cursor = try Cursor(events, transaction)
    var row = try cursor.seek(to: Keys.event(range.lowerBound))
    var expected = range.lowerBound
    while expected < range.upperBound {
      guard let current = row, current.key.elementsEqual(Keys.event(expected)),
        current.value.count >= 2
      else {
        throw EventLogError.corrupted(at: Position(expected), reason: "the row is missing")
      }
      let goesOn: Bool
      if EventHeader.Flags(rawValue: current.value[1]).contains(.continued) {
        var whole = Array(current.value)
        row = try cursor.next()
        while let part = row, part.key.count > 8 {
          whole.append(contentsOf: part.value)
          row = try cursor.next()
        }
        goesOn = try whole.withUnsafeBytes {
          try body(StoredEvent(expected, $0, decompressor, dictionaries))
        }
      } else {
        goesOn = try body(StoredEvent(expected, current.value, decompressor, dictionaries))
        row = try cursor.next()
      }
      guard goesOn else { return }
      expected += 1
    }
  }

  /// Lends the headers of `range` in order.
  static func headers(
    in range: Range<UInt64>,
    _ events: Table,
    _ transaction: borrowing some TableReading & ~Copyable,
    _ body: (UInt64, EventHeader) throws -> Void
  ) throws {
    guard !range.isEmpty else { return }
    let decompressor = try Decompressor()
    try forEach(in: range, events, transaction, decompressor, DictionaryShelf()) { stored in
      try body(stored.position, stored.header)
      return true
    }
  }
}
