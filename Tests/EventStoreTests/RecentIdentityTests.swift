import TestSupport
import Testing

@testable import EventStore

/// Ids of small commits, which gather in rows before they are put in their places.
@Suite struct RecentIdentityTests {
  private func counts(_ log: EventLog) throws -> (rows: Int, recent: Int, settled: Int) {
    let recent = try #require(log.tables.recent)
    return try log.environment.read { transaction in
      var counts = (rows: try transaction.count(recent), recent: 0, settled: 0)
      try RecentIdentities.forEach(recent, transaction) { _, _ in counts.recent += 1 }
      try IdentityRows.forEach(log.tables.ids, transaction) { _, _ in counts.settled += 1 }
      return counts
    }
  }

  /// Commits of so many new events each, and where their ids are afterwards, where a hundred gather.
  struct Commits: Sendable, CustomTestStringConvertible {
    let sizes: [Int]
    let rows: Int
    let recent: Int
    var testDescription: String { "commits of \(sizes)" }
  }

  @Test(arguments: [
    Commits(sizes: [1], rows: 1, recent: 1),
    Commits(sizes: [60, 40], rows: 2, recent: 100),
    Commits(sizes: [60, 41], rows: 0, recent: 0),
    Commits(sizes: [60, 41, 3, 4], rows: 2, recent: 7),
    Commits(sizes: [101], rows: 0, recent: 0),
    Commits(sizes: [1, 1, 300, 1], rows: 1, recent: 1),
    Commits(sizes: Array(repeating: 1, count: 100), rows: 100, recent: 100),
    Commits(sizes: Array(repeating: 1, count: 101), rows: 0, recent: 0),
  ])
  func `each id is known before and after it was put in its place, and after reopening`(
    _ commits: Commits
  ) throws {
    try withTemporaryFolder { folder throws in
      let options = deterministicOptions(recentIdentities: 100)
      var size = 0
      do {
        let log = try EventLog(at: folder + "/store", options: options)
        for count in commits.sizes {
          let new = (size..<size + count).map { draft("id-\($0)", "1") }
          let outcomes = try log.append(AppendBatch(new))
          #expect(outcomes == (size..<size + count).map { .appended(Position(UInt64($0))) })
          size += count
          if count > 1 || size > 98 { try checkAllAreKnown(size, log) }
        }
        let found = try counts(log)
        #expect(found == (commits.rows, commits.recent, size - commits.recent))
      }
      let log = try EventLog(at: folder + "/store", options: options)
      try checkAllAreKnown(size, log)
      #expect(try log.verify(.deep).problems == [])
    }
  }

  private func checkAllAreKnown(_ size: Int, _ log: EventLog) throws {
    let again = try log.append(AppendBatch((0..<size).map { draft("id-\($0)", "1") }))
    #expect(again == (0..<size).map { .duplicate(of: Position(UInt64($0))) })
    for number in [0, size / 2, size - 1] {
      let same = draft("id-\(number)", "1")
      let found = try log.events(source: same.source, id: same.id)
      #expect(found.map(\.position) == [Position(UInt64(number))])
    }
  }

  @Test func `a commit whose ids fill more than a row puts all in their places`() throws {
    try withTemporaryLog { log throws in
      try log.appendNumbered(0..<1)
      try log.append(AppendBatch((1..<200).map { NumberedEvent.draft($0, longest: 10) }))
      #expect(try counts(log) == (rows: 2, recent: 200, settled: 0))
      try log.append(AppendBatch((200..<500).map { NumberedEvent.draft($0, longest: 10) }))
      #expect(try counts(log) == (rows: 0, recent: 0, settled: 500))
    }
  }

  @Test func `conflicts name the first of their id, wherever the ids of the others are`() throws {
    try withTemporaryLog(recentIdentities: 4) { log throws in
      // The fifth goes to its place with those before it.
      for number in 0..<8 {
        let outcomes = try log.append(AppendBatch([draft("a", "\(number)")]))
        let position = Position(UInt64(number))
        #expect(
          outcomes == [
            number == 0 ? .appended(position) : .conflicting(position, first: Position(0))
          ]
        )
      }
      #expect(try counts(log) == (rows: 3, recent: 3, settled: 5))
      let again = try log.append(
        AppendBatch([draft("a", "7"), draft("a", "4"), draft("a", "8"), draft("a", "8")])
      )
      #expect(
        again == [
          .duplicate(of: Position(7)), .duplicate(of: Position(4)),
          .conflicting(Position(8), first: Position(0)), .duplicate(of: Position(8)),
        ]
      )
      let source = draft("a", "").source
      let found = try log.events(source: source, id: Array("a".utf8))
      #expect(found.map(\.position.rawValue) == Array(0..<9))
    }
  }

  @Test func `several conflicts of one commit are found in its row`() throws {
    try withTemporaryLog { log throws in
      let drafts = ["1", "2", "3"].flatMap { [draft("a", $0), draft("b", $0)] }
      try log.append(AppendBatch(drafts))
      #expect(try counts(log) == (rows: 1, recent: 6, settled: 0))
      let again = try log.append(AppendBatch(drafts.reversed()))
      #expect(again == (0..<6).reversed().map { .duplicate(of: Position($0)) })
    }
  }

  @Test func `what failed to be appended leaves no id behind`() throws {
    try withTemporaryLog(recentIdentities: 20) { log throws in
      for round in 0..<30 {
        var refused = ownDraft("x", stream: "execution-1", expecting: 7)
        refused.cause = nil
        let id = "id-\(round)"
        #expect(throws: EventLogError.self) {
          try log.append(AppendBatch([draft(id, "1"), refused]))
        }
        let outcome = try log.append(AppendBatch([draft(id, "1")]))
        #expect(outcome == [.appended(Position(UInt64(round)))])
      }
    }
  }

  @Test func `a full map in the midst of it loses no id`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      func options(_ mapSize: Int) -> EventLogOptions {
        deterministicOptions(mapSize: mapSize, recentIdentities: 300)
      }
      func batch(_ numbers: Range<Int>) -> AppendBatch {
        AppendBatch(numbers.map { draft("id-\($0)", "1") })
      }
      var size = 0
      do {
        let log = try EventLog(at: path, options: options(192 << 10))
        var isFull = false
        while !isFull, size < 20_000 {
          do {
            try log.append(batch(size..<size + 7))
            size += 7
          } catch is LMDBError { isFull = true }
        }
        #expect(isFull)
        // It was refused whole, and what is known is still so.
        #expect(throws: LMDBError.self) { try log.append(batch(size..<size + 2000)) }
        try checkAllAreKnown(size, log)
      }
      let log = try EventLog(at: path, options: options(1 << 30))
      try log.append(batch(size..<size + 60))
      try checkAllAreKnown(size + 60, log)
      #expect(try log.verify(.deep).problems == [])
    }
  }
}
