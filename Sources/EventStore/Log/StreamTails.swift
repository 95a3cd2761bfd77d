/// Where streams go on, read from `streams` once and kept while one process writes.
///
/// A row holds up to 64 events of a stream: the first position, then differences, as varints.
struct StreamTails {
  private struct Tail {
    var rowVersion: UInt32
    var nextVersion: UInt32
    var lastPosition: UInt64
    var row: [UInt8]
    var isChanged = false
  }

  private var tails: [StreamKey: Tail] = [:]
  private static let rowCount: UInt32 = 64
  private static let cacheLimit = 4096

  /// How many events the stream holds.
  mutating func version(
    of stream: StreamKey, _ table: Table, _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    try tail(stream, table, transaction).nextVersion
  }

  /// Adds the event at `position` to the stream; returns its version.
  mutating func append(
    _ position: UInt64, to stream: StreamKey, _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    var tail = try tail(stream, table, transaction)
    let version = tail.nextVersion
    if version - tail.rowVersion == Self.rowCount {
      try write(stream, tail, table, transaction)
      tail.rowVersion = version
      tail.row = []
      tail.lastPosition = 0
    }
    var writer = ByteWriter()
    writer.bytes = tail.row
    writer.varint(position - tail.lastPosition)
    tail.row = writer.bytes
    tail.lastPosition = position
    tail.nextVersion += 1
    tail.isChanged = true
    tails[stream] = tail
    return version
  }

  /// Writes the rows that changed, in key order.
  mutating func flush(_ table: Table, _ transaction: borrowing WriteTransaction) throws {
    let changed = tails.filter { $0.value.isChanged }
      .sorted { $0.key.hash.lexicographicallyPrecedes($1.key.hash) }
    for (stream, tail) in changed {
      try write(stream, tail, table, transaction)
      tails[stream]?.isChanged = false
    }
    if tails.count > Self.cacheLimit { tails.removeAll(keepingCapacity: true) }
  }

  private func write(
    _ stream: StreamKey, _ tail: Tail, _ table: Table, _ transaction: borrowing WriteTransaction
  ) throws {
    try transaction.put(table, Keys.stream(stream, version: tail.rowVersion), tail.row)
  }

  private func tail(
    _ stream: StreamKey, _ table: Table, _ transaction: borrowing WriteTransaction
  ) throws -> Tail {
    if let known = tails[stream] { return known }
    let cursor = try Cursor(table, transaction)
    guard let row = try cursor.seek(atOrBefore: Keys.stream(stream, version: .max)),
      row.key.starts(with: stream.hash)
    else { return Tail(rowVersion: 0, nextVersion: 0, lastPosition: 0, row: []) }
    let (version, positions) = try StreamRow.decode(key: row.key, value: row.value)
    return Tail(
      rowVersion: version, nextVersion: version + UInt32(positions.count),
      lastPosition: positions.last ?? 0, row: Array(row.value))
  }
}

/// Reading of the rows of `streams`.
enum StreamRow {
  /// The version of a row's first event and the positions of all.
  static func decode(
    key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer
  ) throws(ByteReader.Malformed) -> (first: UInt32, positions: [UInt64]) {
    var keyReader = ByteReader(key)
    _ = try keyReader.slice(16)
    let first = try keyReader.ordered(UInt32.self)
    var reader = ByteReader(value)
    var positions: [UInt64] = []
    var position: UInt64 = 0
    while !reader.isAtEnd {
      position &+= try reader.varint()
      positions.append(position)
    }
    return (first, positions)
  }
}
