/// Where streams go on, read from `streams` once and kept while one process writes.
struct StreamTails {
  private struct Tail {
    var rowVersion: UInt32 = 0
    var nextVersion: UInt32 = 0
    var lastPosition: UInt64 = 0
    var row = ByteWriter()
    var isChanged = false
  }

  private var tails: [StreamKey: Tail] = [:]
  /// The tail used last, which is not among the others meanwhile: most events go on in one stream.
  private var current: (key: StreamKey, tail: Tail)?
  private var changed: [StreamKey] = []
  private static let cacheLimit = 4096

  /// How many events the stream holds.
  mutating func version(
    of stream: StreamKey,
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if let current, current.key == stream { return current.tail.nextVersion }
    setAside()
    let tail = try tails.removeValue(forKey: stream) ?? Self.load(stream, table, transaction)
    current = (stream, tail)
    return tail.nextVersion
  }

  private mutating func setAside() {
    if let current { tails[current.key] = current.tail }
    current = nil
  }

  /// Adds the event at `position` to the stream; returns its version.
  mutating func append(
    _ position: UInt64,
    to stream: StreamKey,
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    let version = try version(of: stream, table, transaction)
    // Taken out, so that the row grows in place.
    guard var tail = current?.tail else { return version }
    current = nil
    guard version < .max, position >= tail.lastPosition else {
      throw EventLogError.damaged(reason: "a row of a stream is not what was written")
    }
    if version - tail.rowVersion == StreamRow.count {
      try transaction.put(table, Keys.stream(stream, version: tail.rowVersion), tail.row.bytes)
      tail.rowVersion = version
      tail.row.bytes.removeAll(keepingCapacity: true)
      tail.lastPosition = 0
    }
    tail.row.varint(position - tail.lastPosition)
    tail.lastPosition = position
    tail.nextVersion = version + 1
    if !tail.isChanged { changed.append(stream) }
    tail.isChanged = true
    current = (stream, tail)
    return version
  }

  /// Writes the rows that changed, in key order.
  mutating func flush(_ table: Table, _ transaction: borrowing WriteTransaction) throws {
    setAside()
    for stream in changed.sorted() {
      guard let tail = tails[stream] else { continue }
      try transaction.put(table, Keys.stream(stream, version: tail.rowVersion), tail.row.bytes)
      tails[stream]?.isChanged = false
    }
    changed.removeAll(keepingCapacity: true)
    if tails.count > Self.cacheLimit { tails.removeAll(keepingCapacity: true) }
  }

  private static func load(
    _ stream: StreamKey,
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> Tail {
    let cursor = try Cursor(table, transaction)
    guard let row = try cursor.seek(atOrBefore: Keys.stream(stream, version: .max)) else {
      return Tail()
    }
    let stored = try StreamRow(key: row.key, value: row.value)
    guard stored.stream == stream else { return Tail() }
    return Tail(
      rowVersion: stored.first,
      nextVersion: stored.next,
      lastPosition: stored.positions.last ?? 0,
      row: ByteWriter(Array(row.value))
    )
  }
}
