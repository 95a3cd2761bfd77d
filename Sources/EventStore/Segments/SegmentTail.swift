/// The indexed values of the events since the last sealed segment, ready to be sealed.
struct SegmentTail {
  /// How many positions a segment of the lowest level spans, unless a store says otherwise.
  static let span: UInt64 = 4096

  private let span: UInt64

  /// The position of the first event of the tail; a multiple of `span`.
  private(set) var first: UInt64
  private var postings: [[UInt64]]
  private var times: [(time: Int64, offset: UInt32)] = []

  init(first: UInt64, span: UInt64) {
    self.first = first
    self.span = span
    postings = Array(repeating: [], count: 256)
  }

  /// Takes in the next event's values.
  mutating func add(position: UInt64, header: EventHeader) {
    let offset = position - first
    postings[Int(Term.typeField)].append(UInt64(header.type) << 32 | offset)
    for term in header.terms {
      let posting = UInt64(term.number) << 32 | offset
      // A value that stands twice in an event (two targets of one type) is posted once.
      if postings[Int(term.field)].last != posting { postings[Int(term.field)].append(posting) }
    }
    if let time = header.timestamp {
      times.append((time, UInt32(truncatingIfNeeded: offset)))
    }
  }

  /// The rows of the sealed segment in key order, first those of `segments`, then of `times`.
  func rows() -> (
    segments: [(key: [UInt8], value: [UInt8])], times: [(key: [UInt8], value: [UInt8])]
  ) {
    var segments: [(key: [UInt8], value: [UInt8])] = []
    for (field, postings) in postings.enumerated() where !postings.isEmpty {
      var rows = PostingRows(level: 0, first: first, field: UInt8(field))
      rows.add(sorted: RadixSort.sorted(postings).removingRepeats())
      segments += rows.rows
    }
    return (segments, TimeRows.rows(level: 0, first: first, times))
  }

  /// Starts the next segment, keeping the room of the arrays.
  mutating func startNext() {
    first += span
    for field in postings.indices { postings[field].removeAll(keepingCapacity: true) }
    times.removeAll(keepingCapacity: true)
  }
}
