import TestSupport
import Testing

@testable import EventStore

/// Random commits beside a dictionary of what each id should lead to.
@Suite struct RecentIdentityModelTests {
  /// What is known of each id: the events that have it, by position, and their bytes.
  private struct Model {
    var known: [String: [(position: UInt64, data: String)]] = [:]
    var size: UInt64 = 0

    mutating func append(_ id: String, _ data: String) -> AppendOutcome {
      let events = known[id] ?? []
      if let same = events.first(where: { $0.data == data }) {
        return .duplicate(of: Position(same.position))
      }
      defer { size += 1 }
      known[id, default: []].append((size, data))
      guard let first = events.first else { return .appended(Position(size)) }
      return .conflicting(Position(size), first: Position(first.position))
    }
  }

  private func commit(
    _ count: Int,
    of ids: Int,
    _ log: EventLog,
    _ model: inout Model,
    _ random: inout SplitMix64
  ) throws {
    var drafts: [EventDraft] = []
    var expected: [AppendOutcome] = []
    for _ in 0..<count {
      let (id, data) = ("id-\(random.below(ids))", "\(random.below(3))")
      drafts.append(draft(id, data))
      expected.append(model.append(id, data))
    }
    #expect(try log.append(AppendBatch(drafts)) == expected)
  }

  private func check(_ log: EventLog, _ model: Model, _ random: inout SplitMix64) throws {
    let source = draft("", "").source
    for _ in 0..<20 {
      let id = "id-\(random.below(2000))"
      let found = try log.events(source: source, id: Array(id.utf8))
      #expect(found.map(\.position.rawValue) == (model.known[id] ?? []).map(\.position))
    }
  }

  @Test(arguments: [0, 1, 30, 250, 100_000])
  func `whatever commits come, each id leads to its events`(_ limit: Int) throws {
    var random = SplitMix64(forTest: "commits of ids, of which \(limit) gather")
    try withTemporaryFolder { folder throws in
      var model = Model()
      for _ in 0..<5 {
        let log = try EventLog(
          at: folder + "/store",
          options: deterministicOptions(segmentSpan: 64, recentIdentities: limit)
        )
        for _ in 0..<25 {
          let count = random.once(in: 8) ? random.below(400) : random.below(12)
          try commit(count, of: 2000, log, &model, &random)
          if random.once(in: 3) { try check(log, model, &random) }
        }
        #expect(try log.verify(.deep).problems == [])
      }
    }
  }

  @Test func `two processes that append in turn know each other's ids`() throws {
    var random = SplitMix64(forTest: "ids of two processes in turn")
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: workerOptions())
      try log.appendNumbered(0..<50)
      for _ in 0..<12 {
        let size = Int(try log.size().count)
        let (commits, each) = (random.below(6) + 1, random.once(in: 3) ? 60 : 4)
        #expect(try Worker(["append", path, "\(commits)", "\(each)"]).finish() == 0)
        let now = size + commits * each
        // By turns a search or an append is the first to meet what the other process wrote.
        let last = NumberedEvent.draft(now - 1)
        if random.once(in: 2) {
          let found = try log.events(source: last.source, id: last.id)
          #expect(found.map(\.position) == [Position(UInt64(now - 1))])
        }
        let own = random.once(in: 3) ? 70 : 3
        let again = try log.append(
          AppendBatch((0..<now + own).map { NumberedEvent.draft($0) })
        )
        #expect(
          again.prefix(now).elementsEqual((0..<now).map { .duplicate(of: Position(UInt64($0))) })
        )
        #expect(try log.size().count == UInt64(now + own))
      }
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `a search in an old snapshot finds what was there`() throws {
    try withTemporaryLog(recentIdentities: 10) { log throws in
      try log.appendNumbered(0..<5)
      let recent = try #require(log.tables.recent)
      let draft = NumberedEvent.draft(2)
      let identity = IdentityKey(draft.source, draft.id, secret: log.secret)
      let old = try ReadTransaction(log.environment)
      try log.appendNumbered(5..<20)
      // The newest snapshot has no rows.
      #expect(try log.events(source: draft.source, id: draft.id).count == 1)
      #expect(try log.recentIdentities.positions(of: identity, recent, below: 5, old) == [2])
      try old.close()
      #expect(try log.events(source: draft.source, id: draft.id).count == 1)
    }
  }
}
