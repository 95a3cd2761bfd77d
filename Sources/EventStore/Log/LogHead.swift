/// Where the log ends: the one row that every commit rewrites.
struct LogHead {
  var recordedTime: Int64 = 0
  var range = CompactRange()
  /// How many positions a segment of the lowest level spans.
  let span: UInt64

  /// How many events there are; the next position.
  var size: UInt64 { range.size }

  /// How many of them are in sealed segments.
  var sealed: UInt64 { size / span * span }

  static let key = Array("head".utf8)

  init(span: UInt64) {
    self.span = span
  }

  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 16 + range.hashes.count)
    writer.fixed(range.size)
    writer.fixed(recordedTime)
    writer.bytes.append(contentsOf: range.hashes)
    return writer.bytes
  }

  init(decoding bytes: UnsafeRawBufferPointer, span: UInt64) throws {
    var reader = ByteReader(bytes)
    let size = try reader.fixed(UInt64.self)
    recordedTime = try reader.fixed(Int64.self)
    let hashes = Array(reader.rest())
    // A size that no log reaches would overflow what is added to positions.
    guard size < 1 << 60, let range = CompactRange(size: size, hashes: hashes) else {
      throw ByteReader.Malformed()
    }
    self.range = range
    self.span = span
  }

  /// Reads the head of the snapshot.
  static func read(
    _ tables: LogTables,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> LogHead {
    try transaction.withValue(tables.meta, key) { bytes in
      guard let bytes else { return LogHead(span: tables.span) }
      do {
        return try LogHead(decoding: bytes, span: tables.span)
      } catch {
        throw EventLogError.damaged(reason: "the head of the log is malformed")
      }
    }
  }
}
