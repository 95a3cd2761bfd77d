/// Position lists of one field as rows: terms in order, the offsets of each in order.
///
/// A row is a run of entries: term less the term before, then offsets less the one before, doubled,
/// plus 1 on all but the entry's last; all as varints. Its key holds the first term and offset, so a
/// list may go on in the next row.
struct PostingRows {
  private let level: UInt8
  private let first: UInt64
  private let field: UInt8
  private var writer = ByteWriter(capacity: Self.limit)
  private var rowStart: (term: UInt32, offset: UInt32)?
  private var lastTerm: UInt32 = 0
  private(set) var rows: [(key: [UInt8], value: [UInt8])] = []

  /// The longest row, in bytes: two of them fill a page.
  static let limit = 2012
  /// Room kept for one more entry's head.
  private static let slack = 20

  init(level: UInt8, first: UInt64, field: UInt8) {
    self.level = level
    self.first = first
    self.field = field
  }

  /// Adds postings that are sorted by term, then offset: term in the high half, offset in the low.
  mutating func add(sorted postings: [UInt64]) {
    postings.withUnsafeBufferPointer { postings in
      var start = 0
      while start < postings.count {
        let term = UInt32(truncatingIfNeeded: postings[start] >> 32)
        var end = start
        while end < postings.count, UInt32(truncatingIfNeeded: postings[end] >> 32) == term {
          end += 1
        }
        add(term: term, postings, start..<end)
        start = end
      }
    }
    closeRow()
  }

  private mutating func add(
    term: UInt32,
    _ postings: UnsafeBufferPointer<UInt64>,
    _ range: Range<Int>
  ) {
    var next = range.lowerBound
    while next < range.upperBound {
      if writer.bytes.count + Self.slack > Self.limit { closeRow() }
      if rowStart == nil {
        rowStart = (term, UInt32(truncatingIfNeeded: postings[next]))
        lastTerm = term
      }
      // An offset takes at most five bytes.
      let room = (Self.limit - writer.bytes.count - Self.slack) / 5 + 1
      let end = min(next + room, range.upperBound)
      writer.varint(UInt64(term - lastTerm))
      lastTerm = term
      var last: UInt32 = 0
      while next < end {
        let offset = UInt32(truncatingIfNeeded: postings[next])
        next += 1
        writer.varint(UInt64(offset - last) << 1 | (next < end ? 1 : 0))
        last = offset
      }
    }
  }

  private mutating func closeRow() {
    guard let start = rowStart else { return }
    rows.append(
      (
        key: Keys.posting(
          level: level,
          first: first,
          field: field,
          term: start.term,
          offset: start.offset
        ),
        value: writer.bytes
      )
    )
    writer.bytes.removeAll(keepingCapacity: true)
    rowStart = nil
  }
}

extension PostingRows {
  /// Appends to `offsets` those of `term` in a row that begins with `firstTerm`.
  ///
  /// - Returns: Whether a later row can hold more of the term.
  static func collect(
    _ term: UInt32,
    from value: UnsafeRawBufferPointer,
    firstTerm: UInt32,
    into offsets: inout [UInt32]
  ) throws(ByteReader.Malformed) -> Bool {
    var reader = ByteReader(value)
    var current = UInt64(firstTerm)
    while !reader.isAtEnd {
      let (next, overflows) = current.addingReportingOverflow(try reader.varint())
      guard !overflows else { throw ByteReader.Malformed() }
      current = next
      guard current <= UInt64(term) else { return false }
      var offset: UInt64 = 0
      var goesOn = true
      while goesOn {
        let value = try reader.varint()
        goesOn = value & 1 == 1
        offset += value >> 1
        guard let known = UInt32(exactly: offset) else { throw ByteReader.Malformed() }
        if current == UInt64(term) { offsets.append(known) }
      }
    }
    return true
  }
}
