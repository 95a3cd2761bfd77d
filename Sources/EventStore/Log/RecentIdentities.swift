/// The identities of the last commits, in memory and in the rows of `recent`, before they are put in their places
/// among all others.
///
/// Ids in random order each change a page of `ids` that lies apart from the others. A small commit therefore writes
/// its identities as one row, behind those of the commits before it, and one commit in many puts all of
/// them in their places in one pass. Whatever stands here, stands above all positions in `ids`.
struct RecentIdentities {
  typealias Item = IdentityRows.Item

  /// The position of the first event with an identity, and of the others where there are any.
  private var firsts: [IdentityKey: UInt64] = [:]
  private var others: [IdentityKey: [UInt64]] = [:]
  private(set) var count = 0
  /// The key of the first row, and the last position of the last; nil where there are no rows.
  private var rows: (first: UInt64, last: UInt64)?
  /// How many gather at most.
  private let limit: Int

  /// How many gather at most, unless tests want fewer: some 160 KB in rows, and 0.8 MB in memory.
  ///
  /// The commit that puts them in their places changes at most a page for each, all of which are in memory until it is
  /// done. Of a million random ids they change all of some 3,500 pages, 14 MiB; of so many that no two share a
  /// page, 64 MiB.
  static let usualLimit = 16_384
  /// The longest row in bytes: two of them fill a page.
  private static let rowLimit = ChunkedRows.limit(keyLength: Keys.recentLength)

  init(limit: Int = RecentIdentities.usualLimit) {
    self.limit = limit
  }
}

// MARK: - Finding

extension RecentIdentities {
  /// The positions of the events with an identity, ascending.
  func positions(of identity: IdentityKey) -> [UInt64] {
    guard let first = firsts[identity] else { return [] }
    return [first] + (others[identity] ?? [])
  }

  private mutating func remember(_ item: Item) {
    count += 1
    if firsts[item.identity] == nil {
      firsts[item.identity] = item.position
    } else {
      others[item.identity, default: []].append(item.position)
    }
  }

  private mutating func forget() {
    self = RecentIdentities(limit: limit)
  }
}

// MARK: - Reading rows

extension RecentIdentities {
  /// Takes in what commits wrote since, of this process or another; the snapshot must not be older than what is
  /// known.
  ///
  /// Rows come at the end and go all at once, and no position comes again: if the first row is the one known, all
  /// known ones are there.
  ///
  /// - Parameters:
  ///   - table: The rows; nil for a store that has none.
  ///   - size: The log's, above all positions: rows behind one that is not would be missed the next time.
  ///   - transaction: The snapshot.
  /// - Throws: `ByteReader.Malformed` where a row is not what was written; what is known is of no use then.
  /// - Complexity: O(*n*) in the rows that are new.
  mutating func update(
    from table: Table?,
    below size: UInt64,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws {
    guard let table else { return }
    let cursor = try Cursor(table, transaction)
    var row = try cursor.first()
    let first = try row.map { try Self.position($0) }
    if first != rows?.first { forget() }
    if let rows { row = try cursor.seek(to: Keys.recent(rows.last + 1)) }
    while let current = row {
      let last = try Self.read(current, after: rows?.last) { remember(($0, $1)) }
      guard last < size else { throw ByteReader.Malformed() }
      rows = (try rows?.first ?? Self.position(current), last)
      row = try cursor.next()
    }
  }

  /// Every identity with its position, by commit; within one in their order.
  ///
  /// - Throws: `ByteReader.Malformed` where a row is not in its place or not what was written; what the body throws.
  static func forEach(
    _ table: Table,
    _ transaction: borrowing some TableReading & ~Copyable,
    _ body: (IdentityKey, _ position: UInt64) throws -> Void
  ) throws {
    let cursor = try Cursor(table, transaction)
    var row = try cursor.first()
    var last: UInt64?
    while let current = row {
      last = try read(current, after: last, body)
      row = try cursor.next()
    }
  }

  /// Reads a row, all of which stands behind a position; returns the last position in it.
  private static func read(
    _ row: Cursor.Row,
    after end: UInt64?,
    _ body: (IdentityKey, _ position: UInt64) throws -> Void
  ) throws -> UInt64 {
    let first = try position(row)
    guard end.map({ $0 < first }) ?? true else { throw ByteReader.Malformed() }
    var value = ByteReader(row.value)
    var before: Item?
    var (least, last) = (UInt64.max, first)
    while !value.isAtEnd {
      let identity = try IdentityKey(&value)
      let (position, overflows) = first.addingReportingOverflow(try value.varint())
      // What is one behind a position is one too.
      guard !overflows, position < .max, before.map({ $0 < (identity, position) }) ?? true else {
        throw ByteReader.Malformed()
      }
      before = (identity, position)
      (least, last) = (min(least, position), max(last, position))
      try body(identity, position)
    }
    // An empty row has no least.
    guard least == first else { throw ByteReader.Malformed() }
    return last
  }

  private static func position(_ row: Cursor.Row) throws -> UInt64 {
    var key = ByteReader(row.key)
    let position = try key.ordered(UInt64.self)
    guard key.isAtEnd else { throw ByteReader.Malformed() }
    return position
  }
}

// MARK: - Adding

extension RecentIdentities {
  /// Takes in a commit's items, which ascend by identity and then position, and whose positions are above all others:
  /// as a row where they are few, else all there are go to their places in `ids`, as they do where the store has no
  /// table for such rows.
  ///
  /// - Throws: `ByteReader.Malformed` where a row of `ids` is not what was written.
  mutating func add(
    _ items: [Item],
    to tables: LogTables,
    _ transaction: borrowing WriteTransaction
  ) throws {
    guard let first = items.lazy.map(\.position).min() else { return }
    if let table = tables.recent, count + items.count <= limit,
      let row = Self.row(items, from: first)
    {
      try transaction.append(table, Keys.recent(first), row)
      for item in items { remember(item) }
      rows = (rows?.first ?? first, items.lazy.map(\.position).max() ?? first)
      return
    }
    var places = try IdentityRows(tables.ids, transaction)
    guard count > 0, let table = tables.recent else { return try places.insert(items) }
    try places.insert((gathered() + items).sorted(by: <))
    try transaction.empty(table)
    forget()
  }

  /// All there are, in no order.
  private func gathered() -> [Item] {
    var items: [Item] = []
    items.reserveCapacity(count)
    for (identity, position) in firsts { items.append((identity, position)) }
    for (identity, positions) in others {
      for position in positions { items.append((identity, position)) }
    }
    return items
  }

  /// The items as a row, or nil where it would be too long.
  private static func row(_ items: [Item], from first: UInt64) -> [UInt8]? {
    var writer = ByteWriter(capacity: min(items.count * IdentityKey.encodedLength, rowLimit) + 64)
    for (identity, position) in items {
      identity.encode(into: &writer)
      writer.varint(position - first)
      guard writer.bytes.count <= rowLimit else { return nil }
    }
    return writer.bytes
  }
}
