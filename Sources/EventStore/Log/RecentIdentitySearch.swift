internal import Synchronization

/// The recent identities as those know them who only read: of the newest snapshot that one of them asked.
///
/// Whoever looks up id after id reads the rows once, and then those that are new.
final class RecentIdentitySearch: Sendable {
  private let known = Mutex<(transaction: Int, identities: RecentIdentities)>(
    (0, RecentIdentities())
  )

  /// The positions of the events with an identity in a snapshot, ascending.
  ///
  /// - Throws: `ByteReader.Malformed` where a row is not what was written.
  /// - Complexity: O(*n*) in the rows that are new since it was asked last.
  func positions(
    of identity: IdentityKey,
    _ table: Table,
    below size: UInt64,
    _ transaction: borrowing ReadTransaction
  ) throws -> [UInt64] {
    let id = transaction.id
    return try known.withLock { known in
      guard known.transaction <= id else {
        // The rows of an older snapshot may be in their places by now.
        var older = RecentIdentities()
        try older.update(from: table, below: size, transaction)
        return older.positions(of: identity)
      }
      if known.transaction < id {
        // Taken away first: it changes in place, and a row that cannot be read leaves nothing half known.
        var newer = known.identities
        known = (0, RecentIdentities())
        try newer.update(from: table, below: size, transaction)
        known = (id, newer)
      }
      return known.identities.positions(of: identity)
    }
  }
}
