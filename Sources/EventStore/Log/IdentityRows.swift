/// The rows of `ids`, read and written in their order.
///
/// A row holds identities of one bucket, ascending by hash and then position. The first row of a
/// bucket has the bucket alone as its key, each further one the hash and position of its first entry
/// behind it. A row that would grow too long is cut into equal parts.
///
/// Searches go on from where the last ended: whoever has many identities sorts them, so that neighbours share a
/// page and often a row.
struct IdentityRows: ~Copyable {
  /// An identity, and the position of an event with it.
  typealias Item = (identity: IdentityKey, position: UInt64)

  private let cursor: Cursor
  /// The row found last.
  private var key: [UInt8] = []
  private var value = UnsafeRawBufferPointer(start: nil, count: 0)
  /// What the row behind it in its bucket begins with; nil where there is none.
  private var bound: IdentityEntry?
  private var searched = ByteWriter(capacity: Keys.identityLength)

  /// The longest row in bytes: two of them fill a page.
  private static let limit = ChunkedRows.limit(keyLength: Keys.identityLength)

  init(
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws(LMDBError) {
    cursor = try Cursor(table, transaction)
  }

  /// Finds the row that holds an entry, or would; an empty one where its bucket has none.
  private mutating func seek(_ entry: IdentityEntry, in bucket: UInt32) throws {
    searched.bytes.removeAll(keepingCapacity: true)
    Keys.identity(entry, in: bucket, into: &searched)
    key.removeAll(keepingCapacity: true)
    bound = nil
    guard let row = try cursor.seek(atOrBefore: searched.bytes), isSearched(row.key) else {
      key.append(contentsOf: searched.bytes.prefix(Keys.identityBucketLength))
      value = UnsafeRawBufferPointer(rebasing: value[..<0])
      return
    }
    key.append(contentsOf: row.key)
    value = row.value
    if let next = try cursor.next(), isSearched(next.key) {
      var reader = ByteReader(next.key)
      _ = try reader.slice(Keys.identityBucketLength)
      bound = try Keys.identityBound(&reader)
    }
  }

  /// Whether a row is of the bucket that was searched last.
  private func isSearched(_ key: UnsafeRawBufferPointer) -> Bool {
    key.starts(with: searched.bytes.prefix(Keys.identityBucketLength))
  }
}

// MARK: - Finding

extension IdentityRows {
  /// The positions of the events with an identity, ascending.
  ///
  /// - Throws: `ByteReader.Malformed` where a row is not what was written.
  /// - Complexity: O(log *n*) in the rows, and linear in the events with that identity.
  static func positions(
    of identity: IdentityKey,
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> [UInt64] {
    var rows = try IdentityRows(table, transaction)
    var positions: [UInt64] = []
    try rows.find([identity]) { positions.append($1) }
    return positions
  }

  /// Tells the events with one of the identities, which ascend; those with the same ascending by position.
  ///
  /// - Throws: `ByteReader.Malformed` where a row is not what was written; what the body throws.
  mutating func find(
    _ identities: [IdentityKey],
    _ body: (IdentityKey, _ position: UInt64) throws -> Void
  ) throws {
    var bucket: UInt32?
    var reader = ByteReader(value)
    for identity in identities {
      let least = IdentityEntry(hash: identity.hash, position: 0)
      if bucket != identity.bucket || bound.map({ $0 <= least }) ?? false {
        try seek(least, in: identity.bucket)
        bucket = identity.bucket
        reader = ByteReader(value)
      }
      try Self.read(&reader, to: identity, body)
      // Many events of one identity go on in the rows behind.
      while let next = bound, next.hash == identity.hash {
        try seek(next, in: identity.bucket)
        reader = ByteReader(value)
        try Self.read(&reader, to: identity, body)
      }
    }
  }

  /// Reads a row on as far as its entries stand before or under the identity.
  private static func read(
    _ reader: inout ByteReader,
    to identity: IdentityKey,
    _ body: (IdentityKey, _ position: UInt64) throws -> Void
  ) throws {
    while !reader.isAtEnd {
      var ahead = reader
      let entry = try IdentityEntry(&ahead)
      guard entry.hash <= identity.hash else { return }
      reader = ahead
      if entry.hash == identity.hash { try body(identity, entry.position) }
    }
  }
}

// MARK: - Adding

extension IdentityRows {
  /// Adds items, which ascend by identity and then position; the rows were made in a write transaction.
  ///
  /// - Throws: `ByteReader.Malformed` where a row is not what was written.
  /// - Complexity: O(log *n*) for each row that changes.
  mutating func insert(_ items: [Item]) throws {
    var row = ByteWriter(capacity: 2 * Self.limit)
    var rest = items[...]
    while let (identity, position) = rest.first {
      try seek(IdentityEntry(hash: identity.hash, position: position), in: identity.bucket)
      row.bytes.removeAll(keepingCapacity: true)
      try merge(&rest, into: &row)
      try put(row.bytes)
    }
  }

  /// Writes the entries of the row and, among them, the items that belong there, which it takes away.
  private func merge(_ rest: inout ArraySlice<Item>, into row: inout ByteWriter) throws {
    let bucket = rest.first?.identity.bucket
    var reader = ByteReader(value)
    var written = 0
    while let (identity, position) = rest.first, identity.bucket == bucket {
      let entry = IdentityEntry(hash: identity.hash, position: position)
      if let bound, bound <= entry { break }
      while !reader.isAtEnd {
        var ahead = reader
        guard try IdentityEntry(&ahead) < entry else { break }
        reader = ahead
      }
      row.bytes.append(contentsOf: value[written..<reader.offset])
      written = reader.offset
      entry.encode(into: &row)
      rest.removeFirst()
    }
    row.bytes.append(contentsOf: value[written...])
  }

  /// Puts the row's bytes in its place: as one row, or as several that are about equally long.
  private func put(_ bytes: [UInt8]) throws {
    guard bytes.count > Self.limit else { return try cursor.put(key, bytes) }
    let count = (bytes.count - 1) / (Self.limit - IdentityEntry.maximumLength) + 1
    let length = (bytes.count - 1) / count + 1
    var key = key
    var start = 0
    while start < bytes.count {
      let end = try bytes.withUnsafeBytes { bytes in
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        let first = try IdentityEntry(&reader)
        if start > 0 { key = Keys.identity(first, in: key.prefix(Keys.identityBucketLength)) }
        while !reader.isAtEnd, reader.offset < length { _ = try IdentityEntry(&reader) }
        return start + reader.offset
      }
      try cursor.put(key, Array(bytes[start..<end]))
      start = end
    }
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
