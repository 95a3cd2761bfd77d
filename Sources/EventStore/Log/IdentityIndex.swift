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
    var nextOrdinal: UInt16 = 0
  }

  /// Every hit is checked against the stored source and id, since hashes may meet.
  func find(
    _ event: PreparedEvent, _ identity: IdentityKey, _ transaction: borrowing WriteTransaction
  ) throws -> Found {
    var found = Found()
    let stem = Keys.identity(identity, ordinal: 0).dropLast(2)
    let cursor = try Cursor(tables.ids, transaction)
    var row = try cursor.seek(to: Array(stem))
    var decompressor: Decompressor?
    while let current = row, current.key.starts(with: stem) {
      var reader = ByteReader(current.value)
      let position = try reader.ordered(UInt64.self)
      let opener = try decompressor ?? Decompressor()
      decompressor = opener
      try compare(event, with: position, opener, &found, transaction)
      guard found.same == nil, found.nextOrdinal < .max - 1 else { break }
      found.nextOrdinal += 1
      row = try cursor.next()
    }
    return found
  }

  private func compare(
    _ event: PreparedEvent, with position: UInt64, _ decompressor: Decompressor,
    _ found: inout Found, _ transaction: borrowing WriteTransaction
  ) throws {
    try EventRow.withStored(
      position, tables.events, transaction, decompressor, dictionaries
    ) { stored in
      if stored.header.flags.contains(.redacted) {
        found.same = position
        return
      }
      let attributes = try stored.attributes()
      guard attributes.source == event.draft.source, attributes.id == event.draft.id else { return }
      if found.first == nil { found.first = position }
      if try stored.data().elementsEqual(event.draft.data) { found.same = position }
    }
  }
}
