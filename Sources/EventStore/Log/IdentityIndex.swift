/// Looks for earlier events with an event's source and id.
struct IdentityIndex {
  let tables: LogTables
  let dictionaries: DictionaryShelf

  /// What stands under an identity's key.
  struct Found {
    /// The first event with the same source and id.
    var first: UInt64?
    /// The event with the same source, id and bytes, or a redacted one.
    var same: UInt64?
    /// Where the next event of that key goes.
    var nextOrdinal: UInt32 = 0
  }

  /// An event whose like is looked for.
  struct Candidate {
    let source: [UInt8]
    let id: [UInt8]
    let identity: IdentityKey
    let data: [UInt8]

    init(_ attributes: EventAttributes, _ identity: IdentityKey, data: [UInt8]) {
      source = attributes.source
      id = attributes.id
      self.identity = identity
      self.data = data
    }
  }

  /// Every hit is checked against the stored source and id, since hashes may meet.
  ///
  /// - Complexity: O(*n*) in the number of events with that key.
  func find(
    _ event: Candidate,
    _ decompressor: Decompressor,
    _ transaction: borrowing WriteTransaction,
    _ open: OpenBlock? = nil
  ) throws -> Found {
    var found = Found()
    let stem = Keys.identity(event.identity, ordinal: 0)
    let cursor = try Cursor(tables.ids, transaction)
    var row = try cursor.seek(to: stem)
    while let current = row, current.key.starts(with: stem) {
      let (ordinal, position) = try Self.decode(current)
      if let open, let known = open.event(at: position) {
        try compare(event, with: known, at: position, in: open, &found)
      } else {
        try compare(event, with: position, decompressor, &found, transaction)
      }
      guard found.same == nil else { break }
      guard ordinal < .max else {
        throw EventLogError.damaged(reason: "the ordinals of an id are used up")
      }
      found.nextOrdinal = ordinal + 1
      row = try cursor.next()
    }
    return found
  }

  /// The ordinal and position of a row of `ids`.
  static func decode(_ row: Cursor.Row) throws(ByteReader.Malformed) -> (UInt32, UInt64) {
    var key = ByteReader(row.key)
    _ = try key.slice(9)
    let ordinal = key.isAtEnd ? 0 : try key.ordered(UInt32.self)
    var value = ByteReader(row.value)
    let position = try value.varint()
    guard key.isAtEnd, value.isAtEnd else { throw ByteReader.Malformed() }
    return (ordinal, position)
  }

  /// Compares with an event of the block that is being appended.
  private func compare(
    _ event: Candidate,
    with known: PreparedEvent,
    at position: UInt64,
    in open: OpenBlock,
    _ found: inout Found
  ) throws {
    let attributes = try open.block.attributes(known)
    guard attributes.source == event.source, attributes.id == event.id else { return }
    if found.first == nil { found.first = position }
    if open.block.plain[known.dataStart..<known.end].elementsEqual(event.data) {
      found.same = position
    }
  }

  private func compare(
    _ event: Candidate,
    with position: UInt64,
    _ decompressor: Decompressor,
    _ found: inout Found,
    _ transaction: borrowing WriteTransaction
  ) throws {
    try EventRow.withStored(
      position,
      tables.events,
      transaction,
      decompressor,
      dictionaries
    ) { stored in
      // Whom a redaction took out, no further delivery brings back.
      if stored.header.flags.contains(.attributesRedacted) {
        found.same = position
        return
      }
      let attributes = try stored.attributes()
      guard attributes.source == event.source, attributes.id == event.id else { return }
      if found.first == nil { found.first = position }
      if stored.header.flags.contains(.dataRedacted) {
        found.same = position
      } else if Int(stored.header.dataLength) == event.data.count,
        try stored.data().elementsEqual(event.data)
      {
        found.same = position
      }
    }
  }
}
