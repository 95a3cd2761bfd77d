import TestSupport
import Testing

@testable import EventStore

/// Many events that share an id and differ.
@Suite struct ConflictTests {
  /// What is known of each source and id: the events that have them, by position, and their bytes.
  private struct Model {
    var known: [[UInt8]: [(position: UInt64, data: [UInt8])]] = [:]
    var size: UInt64 = 0

    mutating func append(_ draft: EventDraft) -> AppendOutcome {
      let name = draft.source + [0] + draft.id
      let events = known[name] ?? []
      if let same = events.first(where: { $0.data == draft.data }) {
        return .duplicate(of: Position(same.position))
      }
      defer { size += 1 }
      known[name, default: []].append((size, draft.data))
      guard let first = events.first else { return .appended(Position(size)) }
      return .conflicting(Position(size), first: Position(first.position))
    }
  }

  /// Some batches, and what should become of their events; all of one stream, whose version some tell.
  private func batches(
    _ model: inout Model,
    _ random: inout SplitMix64
  ) -> [(drafts: [EventDraft], expected: [AppendOutcome])] {
    (0..<random.below(3) + 1).map { _ in
      let tellsVersion = random.once(in: 3)
      var batch: (drafts: [EventDraft], expected: [AppendOutcome]) = ([], [])
      for _ in 0..<random.below(random.once(in: 5) ? 200 : 20) {
        var event = draft("id-\(random.below(3))", "\(random.below(150))")
        if random.once(in: 3) { event.source = Array("https://other.example.com".utf8) }
        if tellsVersion { event.expectedVersion = .exactly(UInt32(model.size)) }
        batch.drafts.append(event)
        batch.expected.append(model.append(event))
      }
      return batch
    }
  }

  @Test(arguments: [0, 40, 1 << 20])
  func `whatever events share an id, each is told from all before it`(_ limit: Int) throws {
    var random = SplitMix64(forTest: "conflicts, of which \(limit) are remembered")
    try withTemporaryFolder { folder throws in
      var model = Model()
      for _ in 0..<6 {
        var options = deterministicOptions(recentIdentities: random.pick([0, 30, 1000]))
        options.cacheLimits.digests = limit
        let log = try EventLog(at: folder + "/store", options: options)
        for _ in 0..<6 {
          let batches = batches(&model, &random)
          let results = try log.appendEach(
            batches.map { try log.prepare(AppendBatch($0.drafts)) }
          )
          #expect(try results.map { try $0.get() } == batches.map(\.expected))
        }
        #expect(try log.verify(.deep).problems == [])
      }
    }
  }

  @Test func `an append that fails leaves nothing that a later event is told from`() throws {
    try withTemporaryLog { log throws in
      let drafts = (0..<100).map { draft("a", "\($0)") }
      try log.append(AppendBatch(Array(drafts.prefix(20))))
      var late = ownDraft("1", stream: "other")
      late.expectedVersion = .exactly(7)
      #expect(throws: EventLogError.self) { try log.append(AppendBatch(drafts + [late])) }
      let outcomes = try log.append(AppendBatch(drafts))
      #expect(outcomes.map(\.position) == (0..<100).map { Position($0) })
    }
  }

  /// Compared with each before it, these would take many minutes.
  @Test func `thousands of events that share an id are appended, and are known again`() throws {
    let count = Torture.count(20_000, full: 65_536)
    let drafts = (0..<count).map { draft("a", "\($0)") }
    let again = (0..<count).map { AppendOutcome.duplicate(of: Position(UInt64($0))) }
    let first = Position(0)
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      do {
        let log = try EventLog(at: path, options: deterministicOptions())
        let outcomes = try log.append(AppendBatch(drafts))
        #expect(outcomes.first == .appended(first))
        let conflicts = (1..<count).map {
          AppendOutcome.conflicting(Position(UInt64($0)), first: first)
        }
        #expect(outcomes.dropFirst().elementsEqual(conflicts))
        #expect(try log.append(AppendBatch(drafts.reversed())) == again.reversed())
      }
      let log = try EventLog(at: path, options: deterministicOptions())
      let last = Position(UInt64(count))
      #expect(
        try log.append(AppendBatch([draft("a", "new")])) == [.conflicting(last, first: first)]
      )
      #expect(try log.append(AppendBatch(drafts)) == again)
      #expect(try log.verify().problems == [])
    }
  }
}
