/// The place of an identity among the rows of `ids`.
///
/// A row holds identities of one bucket, ascending by hash and then position. The first row of a
/// bucket has the bucket alone as its key; a row that would grow too long is halved, and the upper half
/// has the hash and position of its first entry behind the bucket. One value serves many searches.
struct IdentityRows {
  /// The positions of the events with that identity, ascending.
  private(set) var positions: [UInt64] = []
  private var identity = IdentityKey(bucket: 0, hash: 0)
  private var searched = ByteWriter(capacity: Keys.identityLength)
  private var key: [UInt8] = []
  private var row = ByteWriter(capacity: Self.limit + 16)
  private var entry = ByteWriter(capacity: 16)
  /// Where in the row a further entry goes.
  private var place = 0

  /// The longest row in bytes: two of them fill a page.
  private static let limit = ChunkedRows.limit(keyLength: Keys.identityLength)
}

extension IdentityRows {
  /// Finds the place of an identity.
  ///
  /// - Throws: `ByteReader.Malformed` where a row is not what was written.
  /// - Complexity: O(log *n*) in the rows, and linear in the events with that identity.
  mutating func find(
    _ identity: IdentityKey,
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws {
    self.identity = identity
    positions.removeAll(keepingCapacity: true)
    let cursor = try Cursor(table, transaction)
    searched.bytes.removeAll(keepingCapacity: true)
    Keys.identity(identity, into: &searched)
    let bucket = searched.bytes.prefix(Keys.identityBucketLength)
    guard let first = try cursor.seek(atOrBefore: searched.bytes), first.key.starts(with: bucket)
    else {
      key = Array(bucket)
      row.bytes.removeAll(keepingCapacity: true)
      place = 0
      return
    }
    var current = first
    // Many events of one identity go on in the rows behind.
    while try take(current), let next = try cursor.next(), next.key.count == Keys.identityLength,
      next.key.starts(with: searched.bytes.prefix(Keys.identityHashEnd))
    {
      current = next
    }
  }

  /// Takes the row in; returns whether it ends before or with the identity.
  private mutating func take(_ current: Cursor.Row) throws(ByteReader.Malformed) -> Bool {
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: current.key)
    row.bytes.removeAll(keepingCapacity: true)
    row.bytes.append(contentsOf: current.value)
    place = 0
    var reader = ByteReader(current.value)
    while !reader.isAtEnd {
      let entry = try IdentityEntry(&reader)
      guard entry.hash <= identity.hash else { return false }
      place = reader.offset
      if entry.hash == identity.hash { positions.append(entry.position) }
    }
    return true
  }

  /// Adds the identity found last, at a position above all that are there.
  mutating func insert(
    _ position: UInt64,
    _ table: Table,
    _ transaction: borrowing some TableWriting & ~Copyable
  ) throws {
    entry.bytes.removeAll(keepingCapacity: true)
    IdentityEntry(hash: identity.hash, position: position).encode(into: &entry)
    row.bytes.insert(contentsOf: entry.bytes, at: place)
    guard row.bytes.count > Self.limit else { return try transaction.put(table, key, row.bytes) }
    let (split, first) = try middle()
    let upper = Keys.identity(first, in: key.prefix(Keys.identityBucketLength))
    try transaction.put(table, upper, Array(row.bytes[split...]))
    try transaction.put(table, key, Array(row.bytes[..<split]))
  }

  /// The first entry behind the middle of the row, and where it begins.
  private func middle() throws(ByteReader.Malformed) -> (offset: Int, entry: IdentityEntry) {
    let found = row.bytes.withUnsafeBytes { bytes -> (Int, IdentityEntry)? in
      var reader = ByteReader(bytes)
      while reader.offset < bytes.count / 2 {
        guard (try? IdentityEntry(&reader)) != nil else { return nil }
      }
      let offset = reader.offset
      return (try? IdentityEntry(&reader)).map { (offset, $0) }
    }
    guard let found else { throw ByteReader.Malformed() }
    return found
  }
}

extension IdentityRows {
  /// Every identity with its position, in the order of the rows.
  ///
  /// - Throws: `ByteReader.Malformed` where a search would not find one of them: a row or an entry that is not
  ///   in its place, or is not what was written; what the body throws.
  static func forEach(
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable,
    _ body: (IdentityKey, _ position: UInt64) throws -> Void
  ) throws {
    let cursor = try Cursor(table, transaction)
    var row = try cursor.first()
    var last: (bucket: UInt64, entry: IdentityEntry)?
    while let current = row {
      var key = ByteReader(current.key)
      let bucket = try key.wide(Keys.identityBucketLength)
      var bound: IdentityEntry?
      if !key.isAtEnd { bound = try Keys.identityBound(&key) }
      var value = ByteReader(current.value)
      // A bucket begins with the row that has no bound, and only that one has none.
      guard key.isAtEnd, !value.isAtEnd, (last?.bucket == bucket) == (bound != nil) else {
        throw ByteReader.Malformed()
      }
      while !value.isAtEnd {
        let entry = try IdentityEntry(&value)
        if let last, last.bucket == bucket {
          guard last.entry < bound ?? entry, bound ?? entry <= entry else {
            throw ByteReader.Malformed()
          }
        }
        bound = nil
        last = (bucket, entry)
        try body(IdentityKey(bucket: UInt32(bucket), hash: entry.hash), entry.position)
      }
      row = try cursor.next()
    }
  }
}
