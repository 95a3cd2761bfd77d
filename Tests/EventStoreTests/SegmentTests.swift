import TestSupport
import Testing

@testable import EventStore

@Suite struct SegmentTests {
  @Test(arguments: [0, 1, 2, 100, 4_096, 5_000])
  func `postings come back from their rows, whatever their number`(_ count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    var lists: [UInt32: Set<UInt32>] = [:]
    for _ in 0..<count {
      let term: UInt32 = random.once(in: 3) ? 5 : UInt32(random.below(40)) * 100_000_000
      lists[term, default: []].insert(UInt32(random.below(1 << 20)))
    }
    var postings: [UInt64] = []
    for (term, offsets) in lists { postings += offsets.map { UInt64(term) << 32 | UInt64($0) } }
    var rows = PostingRows(level: 1, first: 0, field: 3)
    rows.add(sorted: postings.sorted())
    #expect(rows.rows.allSatisfy { $0.value.count <= PostingRows.limit })
    #expect(
      zip(rows.rows, rows.rows.dropFirst()).allSatisfy {
        $0.key.lexicographicallyPrecedes($1.key)
      }
    )
    for term in lists.keys {
      var found: [UInt32] = []
      for row in rows.rows {
        let firstTerm = row.key[10..<14].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard firstTerm <= term else { continue }
        try row.value.withUnsafeBytes {
          _ = try PostingRows.collect(term, from: $0, firstTerm: firstTerm, into: &found)
        }
      }
      #expect(found == lists[term]?.sorted())
    }
  }

  @Test func `a damaged posting row throws and never traps`() {
    var rows = PostingRows(level: 0, first: 0, field: 1)
    rows.add(sorted: (0..<200).map { UInt64($0 / 10) << 32 | UInt64($0 % 10) })
    var random = SplitMix64(forTest: "damaged posting rows")
    for _ in 0..<5_000 {
      var bytes = rows.rows[0].value
      for _ in 0..<1 + random.below(12) {
        bytes[random.below(bytes.count)] = random.once(in: 2) ? 0xff : UInt8(random.below(256))
      }
      var found: [UInt32] = []
      _ = bytes.withUnsafeBytes {
        try? PostingRows.collect(.max, from: $0, firstTerm: .max, into: &found)
      }
    }
  }

  @Test func `sorting by term keeps the order within a term`() {
    var random = SplitMix64(seed: 3)
    let postings = (0..<3_000).map { UInt64(random.next() % 1_000_003) << 32 | UInt64($0) }
    #expect(RadixSort.sorted(postings) == postings.sorted())
    #expect(RadixSort.sorted([]) == [])
  }

  @Test func `times begin with the least and the greatest and ascend`() throws {
    var random = SplitMix64(seed: 5)
    let times = (0..<3_000).map {
      (time: Int64(random.below(1 << 40)) - 1 << 39, offset: UInt32($0))
    }
    let rows = TimeRows.rows(level: 0, first: 0, times)
    var decoded: [(time: Int64, offset: UInt32)] = []
    var last: Int64 = 0
    for (index, row) in rows.enumerated() {
      try row.value.withUnsafeBytes { bytes in
        var reader = ByteReader(bytes)
        if index == 0 {
          last = try reader.fixed(Int64.self)
          #expect(last == times.map(\.time).min())
          #expect(try reader.fixed(Int64.self) == times.map(\.time).max())
        }
        while !reader.isAtEnd {
          last &+= Int64(bitPattern: try reader.varint())
          decoded.append((last, UInt32(try reader.varint())))
        }
      }
    }
    let sorted = times.sorted { ($0.time, $0.offset) < ($1.time, $1.offset) }
    #expect(decoded.elementsEqual(sorted, by: ==))
    #expect(TimeRows.rows(level: 0, first: 0, []).isEmpty)
  }

  /// Every query of these must answer as a scan does.
  private func check(_ log: EventLog, count: Int, span: Int) throws {
    for (term, numbers) in [
      (NumberedEvent.terms(5)[0], (0..<count).filter { $0 % 7 == 5 }),
      (NumberedEvent.terms(42)[1], (0..<count).filter { $0 % 100 == 42 }),
      (NumberedEvent.terms(count - 1)[2], [count - 1]),
      (NumberedEvent.terms(0)[2], [0]),
      (Term(field: 0, value: Array("kind.1".utf8)), (0..<count).filter { $0 % 3 == 1 }),
      (Term(field: 1, value: Array("unheard of".utf8)), []),
    ] {
      let found = try log.positions(matching: [[.exactly(term)]], in: everything)
      #expect(found.positions == numbers.map { Position(UInt64($0)) })
      #expect(found.headers <= span)
    }
  }

  @Test(arguments: [1, 63, 64, 65, 127, 128, 1_000])
  func `sealed segments and the tail answer as a scan does`(_ count: Int) throws {
    try withTemporaryLog(segmentSpan: 64) { log throws in
      try log.appendNumbered(0..<count, batch: 100)
      try check(log, count: count, span: 64)
    }
  }

  @Test func `segments of the real length are sealed in the middle of a batch`() throws {
    try withTemporaryLog { log throws in
      try log.appendNumbered(0..<4_000)
      #expect(try log.statistics().sealed == 0)
      try log.appendNumbered(4_000..<4_500)
      #expect(try log.statistics().sealed == 4_096)
      try check(log, count: 4_500, span: 4_096)
    }
  }

  @Test func `groups are met together, and terms of a group one by one`() throws {
    try withTemporaryLog(segmentSpan: 64) { log throws in
      try log.appendNumbered(0..<300)
      let kinds = [
        TermPattern.exactly(NumberedEvent.terms(1)[0]), .exactly(NumberedEvent.terms(2)[0]),
      ]
      let found = try log.positions(
        matching: [kinds, [.exactly(NumberedEvent.terms(30)[1])]],
        in: everything
      )
      let expected = (0..<300).filter { [1, 2].contains($0 % 7) && $0 % 100 == 30 }
      #expect(found.positions == expected.map { Position(UInt64($0)) })
      let unheard = Term(field: 1, value: [1])
      #expect(
        try log.positions(matching: [kinds, [.exactly(unheard)]], in: everything).positions == []
      )
    }
  }

  @Test(arguments: [
    (0, 300, 300), (10, 20, 10), (60, 70, 10), (299, 300, 1), (290, 900, 10), (300, 900, 0),
    (900, 950, 0), (5, 5, 0),
  ])
  func `a query without groups is its range, as far as the log goes`(
    _ from: Int,
    _ to: Int,
    _ count: Int
  ) throws {
    try withTemporaryLog(segmentSpan: 64) { log throws in
      try log.appendNumbered(0..<300)
      let range = Position(UInt64(from))..<Position(UInt64(to))
      let found = try log.positions(matching: [], in: range).positions
      #expect(found == (from..<from + count).map { Position(UInt64($0)) })
    }
  }

  @Test func `a limit stops behind the segment that reaches it`() throws {
    try withTemporaryLog(segmentSpan: 64) { log throws in
      try log.appendNumbered(0..<1_000)
      let found = try log.positions(
        matching: [[.exactly(NumberedEvent.terms(1)[0])]],
        in: everything,
        limit: 3
      )
      #expect(found.segments == 1)
      #expect(found.positions.count == 9)
    }
  }
}
