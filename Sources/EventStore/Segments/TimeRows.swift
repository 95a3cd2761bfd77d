/// The claimed times of a segment's events, sorted, as rows.
///
/// The first row begins with the least and the greatest time, so that a search by time passes over
/// segments without reading more. Each entry is the time less the time before, as a varint, and the
/// event's offset, as a varint; times before the least of the first row do not occur.
enum TimeRows {
  /// The rows, in key order; none where no event claims a time.
  static func rows(
    level: UInt8,
    first: UInt64,
    _ times: [(time: Int64, offset: UInt32)]
  ) -> [(key: [UInt8], value: [UInt8])] {
    let sorted = times.sorted { ($0.time, $0.offset) < ($1.time, $1.offset) }
    guard let least = sorted.first, let greatest = sorted.last else { return [] }
    var rows: [(key: [UInt8], value: [UInt8])] = []
    var writer = ByteWriter(capacity: PostingRows.limit)
    var last = least.time
    func close() {
      rows.append(
        (
          key: Keys.time(level: level, first: first, row: UInt16(truncatingIfNeeded: rows.count)),
          value: writer.bytes
        )
      )
    }
    writer.fixed(least.time)
    writer.fixed(greatest.time)
    for entry in sorted {
      if writer.bytes.count + 20 > PostingRows.limit {
        close()
        writer.bytes.removeAll(keepingCapacity: true)
      }
      writer.varint(UInt64(bitPattern: entry.time &- last))
      writer.varint(UInt64(entry.offset))
      last = entry.time
    }
    close()
    return rows
  }
}

// MARK: - Reading

extension TimeRows {
  /// The least and the greatest time of a segment, as its first row begins.
  static func bounds(ofFirst row: UnsafeRawBufferPointer) throws -> ClosedRange<Int64> {
    var reader = ByteReader(row)
    let least = try reader.fixed(Int64.self)
    let greatest = try reader.fixed(Int64.self)
    guard least <= greatest else { throw ByteReader.Malformed() }
    return least...greatest
  }

  /// Hands over the entries of a segment's rows in their order, while `body` returns true.
  static func forEach(
    of first: UInt64,
    _ cursor: borrowing Cursor,
    _ body: (_ time: Int64, _ offset: UInt32) -> Bool
  ) throws {
    let stem = Keys.time(level: 0, first: first, row: 0).dropLast(2)
    var row = try cursor.seek(to: Keys.time(level: 0, first: first, row: 0))
    var time: Int64 = 0
    var isFirst = true
    while let current = row, current.key.starts(with: stem) {
      var reader = ByteReader(current.value)
      if isFirst {
        time = try reader.fixed(Int64.self)
        _ = try reader.fixed(Int64.self)
        isFirst = false
      }
      while !reader.isAtEnd {
        time &+= Int64(bitPattern: try reader.varint())
        guard body(time, try reader.number()) else { return }
      }
      row = try cursor.next()
    }
  }
}
