/// Reading of the rows of `events`.
enum EventRow {
  /// The block that holds the event at `position`.
  ///
  /// - Throws: `EventLogError.corrupted` where there is none or it does not decode.
  static func block(
    with position: UInt64,
    _ events: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> EventBlock {
    try block(with: position, events, transaction, Cursor(events, transaction))
  }

  /// The block that holds the event at `position`, found by a cursor over the table.
  ///
  /// - Throws: `EventLogError.corrupted` where there is none or it does not decode.
  static func block(
    with position: UInt64,
    _ events: Table,
    _ transaction: borrowing some TableReading & ~Copyable,
    _ cursor: borrowing Cursor
  ) throws -> EventBlock {
    guard let row = try cursor.seek(atOrBefore: Keys.event(behind: position)), row.key.count >= 8
    else {
      throw missing(position)
    }
    let first = Keys.position(row.key)
    let bytes =
      try row.key.count == 8
      ? Array(row.value) : ChunkedRows.get(events, Keys.event(first), transaction)
    guard let bytes else { throw missing(position) }
    let block = try EventBlock(first: first, bytes)
    guard block.range.contains(position) else { throw missing(position) }
    return block
  }

  private static func missing(_ position: UInt64) -> EventLogError {
    .corrupted(at: Position(position), reason: "the row is missing")
  }

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
    let block = try block(with: position, events, transaction)
    return try body(StoredEvent(position, in: block, decompressor, dictionaries))
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
    try forEachBlock(in: range, events, transaction) { block in
      for position in block.range.clamped(to: range) {
        let stored = StoredEvent(position, in: block, decompressor, dictionaries)
        guard try body(stored) else { return false }
      }
      return true
    }
  }

  /// Lends the headers of `range` in order.
  static func headers(
    in range: Range<UInt64>,
    _ events: Table,
    _ transaction: borrowing some TableReading & ~Copyable,
    _ body: (UInt64, EventHeader) throws -> Void
  ) throws {
    try forEachBlock(in: range, events, transaction) { block in
      for position in block.range.clamped(to: range) {
        try body(position, block.headers[Int(position - block.first)])
      }
      return true
    }
  }

  /// The first position behind `position` at which a block begins, or nil.
  static func nextBlock(
    after position: UInt64,
    _ events: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> UInt64? {
    let cursor = try Cursor(events, transaction)
    var row = try cursor.seek(to: Keys.event(position + 1))
    while let current = row {
      if current.key.count == 8 { return Keys.position(current.key) }
      row = try cursor.next()
    }
    return nil
  }

  private static func forEachBlock(
    in range: Range<UInt64>,
    _ events: Table,
    _ transaction: borrowing some TableReading & ~Copyable,
    _ body: (EventBlock) throws -> Bool
  ) throws {
    guard !range.isEmpty else { return }
    var block = try block(with: range.lowerBound, events, transaction)
    let cursor = try Cursor(events, transaction)
    while try body(block) {
      let next = block.range.upperBound
      guard next < range.upperBound else { return }
      let key = Keys.event(next)
      guard var row = try cursor.seek(to: key), row.key.elementsEqual(key) else {
        throw missing(next)
      }
      var bytes = Array(row.value)
      while let more = try cursor.next(), more.key.count > key.count {
        row = more
        bytes.append(contentsOf: row.value)
      }
      block = try EventBlock(first: next, bytes)
    }
  }
}
