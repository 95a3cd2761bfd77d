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
  }

  /// An event whose like is looked for.
  struct Candidate {
    let source: [UInt8]
    let id: [UInt8]
    let data: [UInt8]

    init(_ attributes: EventAttributes, data: [UInt8]) {
      source = attributes.source
      id = attributes.id
      self.data = data
    }
  }

  /// Compares with the events at `positions`, ascending, which have the same key.
  ///
  /// Every one is checked against the stored source and id, since hashes may meet.
  ///
  /// - Complexity: O(*n*) in the number of positions.
  func find(
    _ event: Candidate,
    at positions: [UInt64],
    _ caches: AppendCaches,
    _ transaction: borrowing WriteTransaction,
    _ open: OpenBlock? = nil
  ) throws -> Found {
    var found = Found()
    for position in positions {
      if let open, let known = open.event(at: position) {
        try compare(event, with: known, at: position, in: open, &found)
      } else {
        try compare(event, with: position, caches, &found, transaction)
      }
      if found.same != nil { break }
    }
    return found
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
    if open.data(of: known).elementsEqual(event.data) { found.same = position }
  }

  private func compare(
    _ event: Candidate,
    with position: UInt64,
    _ caches: AppendCaches,
    _ found: inout Found,
    _ transaction: borrowing WriteTransaction
  ) throws {
    let stored = try caches.stored(position, tables.events, dictionaries, transaction)
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
