extension EventLog {
  /// The events of a source that have that id: the first, and each that differs from those before it.
  ///
  /// - Returns: The events in order; none where the source or the id has no bytes.
  /// - Throws: `EventLogError.corrupted` where one of them does not decode; `.formatChanged` where the store was
  ///   brought to another format since it was opened.
  /// - Complexity: O(log *n*) in the events that have an id, and O(*m*) in the small commits since it was asked last.
  public func events(source: [UInt8], id: [UInt8]) throws -> [Event] {
    guard !source.isEmpty, !id.isEmpty else { return [] }
    let identity = IdentityKey(source, id, secret: preparation.secret)
    let positions = try environment.read { transaction in
      let settled = try IdentityRows.positions(of: identity, tables.ids, transaction)
      guard let recent = try StoreFormat.recent(tables, transaction) else { return settled }
      let size = try LogHead.read(tables, transaction).size
      return try settled
        + recentIdentities.positions(of: identity, recent, below: size, transaction)
    }
    // Hashes may meet; what counts is what the events themselves say.
    return try positions.compactMap { try event(at: Position($0)) }.filter {
      $0.attributes.source == source && $0.attributes.id == id
    }
  }
}
