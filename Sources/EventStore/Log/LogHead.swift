/// Where the log ends: the one row that every commit rewrites.
struct LogHead {
  var sealed: UInt64 = 0
  var recordedTime: Int64 = 0
  var range = CompactRange()

  /// How many events there are; the next position.
  var size: UInt64 { range.size }

  static let key = Array("head".utf8)

  init() {}

  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 32 + range.hashes.count * Hash.byteCount)
    writer.fixed(range.size)
    writer.fixed(sealed)
    writer.fixed(recordedTime)
    for hash in range.hashes { writer.bytes.append(contentsOf: hash) }
    return writer.bytes
  }

  init(decoding bytes: UnsafeRawBufferPointer) throws {
    var reader = ByteReader(bytes)
    let size = try reader.fixed(UInt64.self)
    sealed = try reader.fixed(UInt64.self)
    recordedTime = try reader.fixed(Int64.self)
    var hashes: [[UInt8]] = []
    while !reader.isAtEnd { hashes.append(Array(try reader.slice(Hash.byteCount))) }
    guard let range = CompactRange(size: size, hashes: hashes), sealed <= size,
      sealed % SegmentTail.span == 0
    else { throw ByteReader.Malformed() }
    self.range = range
  }

  /// Reads the head of the snapshot.
  static func read(
    _ meta: Table, _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> LogHead {
    try transaction.withValue(meta, key) { bytes in
      guard let bytes else { return LogHead() }
      do {
        return try LogHead(decoding: bytes)
      } catch {
        throw EventLogError.corrupted(at: Position(0), reason: "the head of the log is malformed")
      }
    }
  }
}
