/// Looks for earlier events with an event's source and id.
struct IdentityIndex {
  let tables: LogTables
  let dictionaries: DictionaryShelf

  /// With so few events of its identity an event is compared one by one.
  private static let few = 8

  /// What stands under an identity's key.
  struct Found {
    /// The first event with the same source and id; told where none has the same bytes.
    var first: UInt64?
    /// The event with the same source, id and bytes, or a redacted one.
    var same: UInt64?
  }

  /// An event whose like is looked for.
  struct Candidate {
    let source: [UInt8]
    let id: [UInt8]
    let data: ArraySlice<UInt8>

    init(_ attributes: EventAttributes, data: ArraySlice<UInt8>) {
      source = attributes.source
      id = attributes.id
      self.data = data
    }

    fileprivate var digest: IdentityDigests.Digest {
      data.withUnsafeBytes { IdentityDigests.Digest(source: source, id: id, data: $0) }
    }
  }
}

// MARK: - Finding

extension IdentityIndex {
  /// Looks among the events at `positions`, ascending, which are all those with the identity's key.
  ///
  /// Every one that counts is checked against the stored source and id, since hashes may meet.
  ///
  /// - Complexity: O(1) in the number of positions, behind the first call for an identity, which reads the events.
  func find(
    _ event: Candidate,
    _ identity: IdentityKey,
    at positions: [UInt64],
    _ caches: AppendCaches,
    _ transaction: borrowing WriteTransaction,
    _ open: OpenBlock? = nil
  ) throws -> Found {
    guard positions.count > Self.few else {
      return try compare(event, at: positions, caches, transaction, open)
    }
    try takeIn(positions, of: identity, caches, transaction, open)
    let digest = event.digest
    let likes = caches.digests(of: identity).likes(of: digest)
    if likes.isEmpty {
      let first = caches.digests(of: identity).first(like: digest)
      guard let first else { return Found() }
      let found = try compare(event, at: [first], caches, transaction, open)
      if found.first != nil { return found }
    } else {
      let found = try compare(event, at: likes, caches, transaction, open)
      if found.same != nil { return found }
    }
    // Digests have met that are of different events.
    return try compare(event, at: positions, caches, transaction, open)
  }

  /// Takes in the digests of those events that came since it was done last.
  private func takeIn(
    _ positions: [UInt64],
    of identity: IdentityKey,
    _ caches: AppendCaches,
    _ transaction: borrowing WriteTransaction,
    _ open: OpenBlock?
  ) throws {
    for position in positions.dropFirst(caches.digests(of: identity).count) {
      let digest: IdentityDigests.Digest
      if let open, let known = open.event(at: position) {
        digest = Candidate(try open.block.attributes(known), data: open.data(of: known)).digest
      } else {
        let stored = try caches.stored(position, tables.events, dictionaries, transaction)
        digest = try stored.digest()
      }
      caches.add(digest, of: identity, position)
    }
  }

  private func compare(
    _ event: Candidate,
    at positions: [UInt64],
    _ caches: AppendCaches,
    _ transaction: borrowing WriteTransaction,
    _ open: OpenBlock?
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

extension StoredEvent {
  fileprivate func digest() throws -> IdentityDigests.Digest {
    guard !header.flags.contains(.attributesRedacted) else { return IdentityDigests.Digest() }
    let attributes = try attributes()
    return IdentityDigests.Digest(
      source: attributes.source,
      id: attributes.id,
      data: header.flags.contains(.dataRedacted) ? nil : try data()
    )
  }
}
