import TestSupport
import Testing

@testable import EventStore

@Suite struct RepetitionTests {
  @Test func `the same id with the same bytes is a duplicate and with other bytes a conflict`()
    throws
  {
    try withTemporaryLog { log throws in
      try log.append(AppendBatch([draft("a", "1")]))
      let outcomes = try log.append(
        AppendBatch([draft("a", "1"), draft("a", "2"), draft("a", "2"), draft("a", "3")])
      )
      #expect(
        outcomes == [
          .duplicate(of: Position(0)),
          .conflicting(Position(1), first: Position(0)),
          .duplicate(of: Position(1)),
          .conflicting(Position(2), first: Position(0)),
        ]
      )
      #expect(try log.event(at: Position(1))?.type == Event.conflictingType)
      #expect(try log.event(at: Position(1))?.conflictsWith == Position(0))
    }
  }

  @Test func `the same id of another source is another event`() throws {
    try withTemporaryLog { log throws in
      var other = draft("a", "1")
      other.source = Array("https://other.example.com".utf8)
      let outcomes = try log.append(AppendBatch([draft("a", "1"), other]))
      #expect(outcomes == [.appended(Position(0)), .appended(Position(1))])
    }
  }

  @Test func `a batch of duplicates alone writes nothing`() throws {
    try withTemporaryLog { log throws in
      try log.appendNumbered(0..<10)
      let before = try log.environment.read { $0.id }
      try log.appendNumbered(0..<10)
      let after = try log.environment.read { $0.id }
      #expect(after == before)
      #expect(try log.size().count == 10)
    }
  }

  @Test func `events without an id are never duplicates`() throws {
    try withTemporaryLog { log throws in
      let event = ownDraft("same", stream: "execution-1")
      try log.append(AppendBatch([event, event]))
      #expect(try log.positions(of: StreamID("execution-1")) == [Position(0), Position(1)])
    }
  }

  @Test(arguments: [1000, 100, 0])
  func `a chain of conflicts finds each of its links again`(_ recent: Int) throws {
    try withTemporaryLog(recentIdentities: recent) { log throws in
      for number in 0..<300 { try log.append(AppendBatch([draft("a", "\(number)")])) }
      let again = try log.append(AppendBatch([draft("a", "299"), draft("a", "0")]))
      #expect(again == [.duplicate(of: Position(299)), .duplicate(of: Position(0))])
    }
  }

  @Test func `ids that share a bucket are found whatever order they came in`() throws {
    try withTemporaryLog(recentIdentities: 0) { log throws in
      let count = 3000
      for first in stride(from: 0, to: count, by: 100) {
        try log.append(AppendBatch((first..<first + 100).map { draft("id-\($0)", "1") }))
      }
      let again = try log.append(AppendBatch((0..<count).reversed().map { draft("id-\($0)", "1") }))
      #expect(again == (0..<count).reversed().map { .duplicate(of: Position(UInt64($0))) })
      #expect(try log.environment.read { try $0.count(log.tables.ids) } > 10)
      #expect(try log.verify(.deep).problems.isEmpty)
    }
  }

  @Test func `a chain of conflicts longer than a row is found whole`() throws {
    try withTemporaryLog { log throws in
      let count = 1000
      try log.append(AppendBatch((0..<count).map { draft("a", "\($0)") } + [draft("b", "1")]))
      #expect(try log.environment.read { try $0.count(log.tables.ids) } > 2)
      let again = try log.append(
        AppendBatch([draft("a", "0"), draft("a", "999"), draft("b", "1"), draft("a", "new")])
      )
      #expect(
        again == [
          .duplicate(of: Position(0)), .duplicate(of: Position(999)),
          .duplicate(of: Position(1000)),
          .conflicting(Position(1001), first: Position(0)),
        ]
      )
      #expect(try log.verify(.deep).problems.isEmpty)
    }
  }

  @Test(arguments: [RecentIdentities.usualLimit, 500, 0])
  func `whatever ids come in whatever commits, each is found again`(_ recent: Int) throws {
    var random = SplitMix64(forTest: "ids, of which \(recent) gather")
    try withTemporaryLog(recentIdentities: recent) { log throws in
      var first: [String: Position] = [:]
      var size: UInt64 = 0
      for _ in 0..<20 {
        var expected: [[AppendOutcome]] = []
        var batches: [PreparedBatch] = []
        for _ in 0..<random.below(4) + 1 {
          var builder = try log.batchBuilder()
          var outcomes: [AppendOutcome] = []
          for _ in 0..<random.below(400) {
            // Most hours have few ids, one has many, and those that are no UUIDs lie together.
            let hour = random.once(in: 2) ? 0 : random.below(1000)
            let number = random.below(1500)
            let id =
              random.once(in: 3)
              ? "id-\(number)" : uuid(hour: hour, number: number)
            try builder.add(draft(id, "1"))
            if let known = first[id] {
              outcomes.append(.duplicate(of: known))
            } else {
              first[id] = Position(size)
              outcomes.append(.appended(Position(size)))
              size += 1
            }
          }
          expected.append(outcomes)
          batches.append(builder.take())
        }
        #expect(try log.appendEach(batches).map { try $0.get() } == expected)
      }
      #expect(try log.verify(.deep).problems.isEmpty)
      let ids = first.sorted { $0.value < $1.value }.map(\.key)
      let again = try log.append(AppendBatch(ids.map { draft($0, "1") }))
      #expect(again == ids.indices.map { .duplicate(of: Position(UInt64($0))) })
    }
  }

  private func uuid(hour: Int, number: Int) -> String {
    let steps = UInt64(hour) * 36_000_000_000 + UInt64(number)
    func hexadecimal(_ value: UInt64, _ width: Int) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    return hexadecimal(steps & 0xffff_ffff, 8) + "-" + hexadecimal(steps >> 32 & 0xffff, 4) + "-1"
      + hexadecimal(steps >> 48, 3) + "-9f4e-325096b39f47"
  }

  @Test(arguments: [
    ("7a1e3b40-5c61-11f1-9f4e-325096b39f47", true), ("7a1e3b40-5c61-41f1-9f4e-325096b39f47", false),
    ("7A1E3B40-5C61-11F1-9F4E-325096B39F47", true), ("7a1e3b40x5c61-11f1-9f4e-325096b39f47", false),
    ("event-1", false), ("", false),
  ])
  func `only an id that is a time-based UUID has a bucket of its own`(
    _ id: String,
    _ isTimed: Bool
  ) {
    let key = IdentityKey([], Array(id.utf8), secret: [1])
    #expect((key.bucket != 0) == isTimed)
  }
}
