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
    var writer = ByteWriter(capacity: 17 + range.hashes.count)
    writer.fixed(range.size)
    writer.fixed(recordedTime)
    writer.bytes.append(contentsOf: range.hashes)
    writer.byte(EventLog.format)
    return writer.bytes
  }

  init(decoding bytes: UnsafeRawBufferPointer, span: UInt64) throws {
    var reader = ByteReader(bytes)
    let size = try reader.fixed(UInt64.self)
    recordedTime = try reader.fixed(Int64.self)
    var hashes = Array(reader.rest())
    // In format 2 it ends here. A program of another format that has the store open stops at this byte.
    if hashes.count % Hash.byteCount == 1, let format = hashes.popLast(),
      format != EventLog.format
    {
      throw EventLogError.unknownFormat(found: Int(format), known: Int(EventLog.format))
    }
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
      } catch let error as EventLogError { throw error } catch {
        throw EventLogError.damaged(reason: "the head of the log is malformed")
      }
    }
  }
}
