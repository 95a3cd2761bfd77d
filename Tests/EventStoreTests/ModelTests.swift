import TestSupport
import Testing

@testable import EventStore

@Suite struct ModelTests {
  /// What a log must do, in the plainest way.
  private struct Model {
    struct Entry {
      var draft: EventDraft
      var conflict: Int?
      var version: UInt32
    }

    var entries: [Entry] = []

    func version(_ stream: StreamID) -> UInt32 {
      UInt32(entries.count { $0.draft.stream == stream })
    }

    /// The outcomes of a batch, or nil where an expected version does not hold.
    mutating func append(_ batch: [EventDraft]) -> [AppendOutcome]? {
      let before = entries
      var outcomes: [AppendOutcome] = []
      for draft in batch {
        let known = entries.indices.filter {
          draft.identity == .sourceAndID && entries[$0].draft.identity == .sourceAndID
            && entries[$0].draft.id == draft.id && entries[$0].draft.source == draft.source
        }
        if let same = known.first(where: { entries[$0].draft.data == draft.data }) {
          outcomes.append(.duplicate(of: Position(UInt64(same))))
          continue
        }
        let version = version(draft.stream)
        if case .exactly(let expected) = draft.expectedVersion, expected != version {
          entries = before
          return nil
        }
        let position = Position(UInt64(entries.count))
        entries.append(Entry(draft: draft, conflict: known.first, version: version))
        outcomes.append(
          known.first.map { .conflicting(position, first: Position(UInt64($0))) }
            ?? .appended(position)
        )
      }
      return outcomes
    }
  }

  private func randomDraft(_ random: inout SplitMix64, _ model: Model) -> EventDraft {
    let number = random.below(400)
    var event = NumberedEvent.draft(number)
    event.cause = nil
    if random.once(in: 3) { event.data.append(UInt8(random.below(3))) }
    if random.once(in: 4) {
      event.identity = .streamVersion
      event.id = []
    }
    if random.once(in: 6) {
      let off = random.once(in: 3) ? UInt32(1) : 0
      event.expectedVersion = .exactly(model.version(event.stream) + off)
    }
    return event
  }

  private func check(_ log: EventLog, _ model: Model) throws {
    var position = 0
    try log.read(everything) { event in
      let entry = model.entries[position]
      #expect(event.data == entry.draft.data)
      #expect(event.attributes == EventAttributes(entry.draft))
      #expect(event.version == entry.version)
      #expect(event.timestamp == entry.draft.timestamp)
      #expect(event.conflictsWith == entry.conflict.map { Position(UInt64($0)) })
      position += 1
      return true
    }
    #expect(position == model.entries.count)
    for number in 0..<7 {
      let stream = NumberedEvent.stream(number)
      let positions = model.entries.indices.filter { model.entries[$0].draft.stream == stream }
      let all = positions.map { Position(UInt64($0)) }
      #expect(try log.positions(of: stream) == all)
      #expect(try log.firstPosition(of: stream) == all.first)
      for count in [0, 1, 3, 64, 65, 1000] {
        #expect(try log.lastPositions(of: stream, count: count) == Array(all.suffix(count)))
      }
      let term = NumberedEvent.terms(number)[0]
      let hits = model.entries.indices.filter { model.entries[$0].draft.terms.contains(term) }
      #expect(
        try log.positions(matching: [[.exactly(term)]], in: everything).positions
          == hits.map { Position(UInt64($0)) }
      )
    }
    #expect(try log.verify(.deep).problems == [])
  }

  @Test(arguments: 0..<4)
  func `random appends and reopenings do what the model does`(_ run: Int) throws {
    var random = SplitMix64(forTest: "model of the log, run \(run)")
    try withTemporaryFolder { folder throws in
      var model = Model()
      for _ in 0..<6 {
        let log = try EventLog(
          at: folder + "/store",
          options: deterministicOptions(projections: [CountingProjection()], segmentSpan: 64)
        )
        for _ in 0..<25 {
          let batch = (0..<random.below(14)).map { _ in randomDraft(&random, model) }
          if let expected = model.append(batch) {
            #expect(try log.append(AppendBatch(batch)) == expected)
          } else {
            #expect(throws: EventLogError.self) { try log.append(AppendBatch(batch)) }
          }
        }
        if random.once(in: 3) { try log.rebuild() }
        try check(log, model)
      }
    }
  }
}
