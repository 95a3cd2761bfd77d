/// The identities of one transaction's events: the events that had them before, and those that get them.
///
/// They are looked up before the first append, in one pass over the rows and then among the recent ones, and written
/// behind the last.
struct CommitIdentities {
  /// The positions of the events with an identity, ascending; none for one that stands once and is new.
  private var known: [IdentityKey: [UInt64]] = [:]
  private var added: [IdentityRows.Item] = []
}

extension CommitIdentities {
  /// Looks up the identities of all events that may be appended.
  mutating func lookUp(
    _ batches: [PreparedBatch],
    _ table: Table,
    _ recent: RecentIdentities,
    _ transaction: borrowing WriteTransaction
  ) throws {
    var identities: [IdentityKey] = []
    identities.reserveCapacity(batches.reduce(0) { $0 + $1.count })
    for batch in batches {
      for block in batch.blocks {
        for event in block.events {
          if let identity = event.identity { identities.append(identity) }
        }
      }
    }
    guard !identities.isEmpty else { return }
    identities.sort()
    for (identity, next) in zip(identities, identities.dropFirst()) where identity == next {
      known[identity] = []
    }
    var rows = try IdentityRows(table, transaction)
    let searched = identities.removingRepeats()
    try rows.find(searched) { known[$0, default: []].append($1) }
    guard recent.count > 0 else { return }
    // They stand above those found so far.
    for identity in searched {
      let positions = recent.positions(of: identity)
      if !positions.isEmpty { known[identity, default: []] += positions }
    }
  }

  /// The positions of the events with that identity, ascending; those of this transaction too.
  func positions(of identity: IdentityKey) -> [UInt64] {
    known.isEmpty ? [] : known[identity] ?? []
  }

  /// Gives an event an identity; its position is above all that have one.
  mutating func add(_ identity: IdentityKey, _ position: UInt64) {
    added.append((identity, position))
    if !known.isEmpty { known[identity]?.append(position) }
  }

  /// Writes what was added, to where the recent ones are or with them to their places.
  mutating func flush(
    _ tables: LogTables,
    _ recent: inout RecentIdentities,
    _ transaction: borrowing WriteTransaction
  ) throws {
    guard !added.isEmpty else { return }
    added.sort(by: <)
    try recent.add(added, to: tables, transaction)
    added.removeAll(keepingCapacity: true)
  }
}
