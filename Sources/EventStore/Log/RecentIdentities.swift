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
  /// How many gather at most; nil for any number.
  private let limit: Int?

  /// How many gather at most, unless tests want fewer: some 160 KB in rows, and 0.8 MB in memory.
  ///
  /// The commit that puts them in their places changes at most a page for each, all of which are in memory until it is
  /// done. Of a million random ids they change all of some 3,500 pages, 14 MiB; of so many that no two share a
  /// page, 64 MiB.
  static let usualLimit = 16_384
  /// The longest row in bytes: two of them fill a page.
  private static let rowLimit = ChunkedRows.limit(keyLength: Keys.recentLength)

  /// Makes them, before any is known.
  ///
  /// Without a limit none is put in its place ever again: appends go on where a row there is damaged. What gathers
  /// takes some 50 bytes of memory for each id.
  init(limit: Int? = RecentIdentities.usualLimit) {
    self.limit = limit
  }

  /// They cannot be put in their places, since a row there is not what was written.
  struct CannotSettle: Error {}
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
  /// - Throws: `CannotSettle` where a row of `ids` is not what was written; `ByteReader.Malformed` where nothing else can
  ///   be done with the items.
  mutating func add(
    _ items: [Item],
    to tables: LogTables,
    _ transaction: borrowing WriteTransaction
  ) throws {
    guard let table = tables.recent else {
      var places = try IdentityRows(tables.ids, transaction)
      return try places.insert(items)
    }
    let isTooMany = limit.map { count + items.count > $0 } ?? false
    let row = isTooMany ? nil : Self.row(items)
    if let row {
      try gather(items, row, in: table, transaction)
    } else if limit == nil {
      try gatherInParts(items, in: table, transaction)
    } else {
      try settle(items, table, tables.ids, transaction)
    }
  }

  /// Puts all there are and the items in their places.
  private mutating func settle(
    _ items: [Item],
    _ table: Table,
    _ ids: Table,
    _ transaction: borrowing WriteTransaction
  ) throws {
    var places = try IdentityRows(ids, transaction)
    do {
      try places.insert(count > 0 ? (gathered() + items).sorted(by: <) : items)
    } catch is ByteReader.Malformed { throw CannotSettle() }
    guard count > 0 else { return }
    try transaction.empty(table)
    forget()
  }

  private mutating func gather(
    _ items: [Item],
    _ row: (first: UInt64, bytes: [UInt8]),
    in table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws {
    try transaction.append(table, Keys.recent(row.first), row.bytes)
    for item in items { remember(item) }
    rows = (rows?.first ?? row.first, items.lazy.map(\.position).max() ?? row.first)
  }

  /// Writes items as several rows, each behind the positions of the one before.
  private mutating func gatherInParts(
    _ items: [Item],
    in table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws {
    var rest = items.sorted { $0.position < $1.position }[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.certainCount).sorted(by: <)
      rest = rest.dropFirst(part.count)
      guard let row = Self.row(part) else { throw CannotSettle() }
      try gather(part, row, in: table, transaction)
    }
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

  /// So many items are no longer than a row may be: beside its identity each has a varint, of ten bytes at most.
  private static let certainCount = rowLimit / (IdentityKey.encodedLength + 10)

  /// The items as a row, and its first position; nil where it would be too long, or they are none.
  private static func row(_ items: [Item]) -> (first: UInt64, bytes: [UInt8])? {
    guard let first = items.lazy.map(\.position).min() else { return nil }
    var writer = ByteWriter(capacity: min(items.count * IdentityKey.encodedLength, rowLimit) + 64)
    for (identity, position) in items {
      identity.encode(into: &writer)
      writer.varint(position - first)
      guard writer.bytes.count <= rowLimit else { return nil }
    }
    return (first, writer.bytes)
  }
}
