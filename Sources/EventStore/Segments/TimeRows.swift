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
