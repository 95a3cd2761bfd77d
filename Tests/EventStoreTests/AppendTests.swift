import TestSupport
import Testing

@testable import EventStore

@Suite struct AppendTests {
  @Test func `events come back byte for byte in the order of their positions`() throws {
    try withTemporaryLog { log throws in
      let outcomes = try log.append(AppendBatch([draft("a", "{\"x\": 1}"), draft("b", "{}")]))
      #expect(outcomes == [.appended(Position(0)), .appended(Position(1))])
      let first = try #require(try log.event(at: Position(0)))
      #expect(first.data == Array("{\"x\": 1}".utf8))
      #expect(first.type == "user.session.start")
      #expect(first.attributes.id == Array("a".utf8))
      #expect(first.version == 0)
      #expect(!first.isRedacted)
      #expect(try log.event(at: Position(2)) == nil)
    }
  }

  @Test func `a batch without events appends nothing`() throws {
    try withTemporaryLog { log throws in
      #expect(try log.append(AppendBatch([])) == [])
      #expect(try log.size().count == 0)
      #expect(try log.size().root == Hash.emptyRoot)
    }
  }

  @Test(arguments: [0, 1, 16, 17, 1_500, 1_700, 1_800, 1_899, 1_900, 1_901, 3_800, 70_000])
  func `incompressible data of any length comes back`(_ length: Int) throws {
    try withTemporaryLog { log throws in
      var random = SplitMix64(seed: 7)
      var events: [EventDraft] = []
      // Every length on both sides, so that some row ends exactly at its limit.
      for count in max(length - 60, 0)...length + 60 {
        var event = draft("\(count)", "")
        event.data = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        events.append(event)
      }
      try log.append(AppendBatch(events))
      for (index, event) in events.enumerated() {
        #expect(try log.event(at: Position(UInt64(index)))?.data == event.data)
      }
    }
  }

  @Test func `an event of the greatest size comes back and a larger one is refused`() throws {
    try withTemporaryLog { log throws in
      var event = draft("large", "")
      event.data = Array(repeating: 7, count: EventLog.maximumDataSize)
      try log.append(AppendBatch([event]))
      #expect(try log.event(at: Position(0))?.data == event.data)
      event.data.append(7)
      #expect(throws: EventLogError.batchTooLarge(events: 1, bytes: event.data.count)) {
        try log.append(AppendBatch([event]))
      }
    }
  }

  /// A draft with one part that does not fit.
  struct Misfit: Sendable, CustomTestStringConvertible {
    let part: String
    let change: @Sendable (inout EventDraft) -> Void
    var testDescription: String { part }
  }

  @Test(arguments: [
    Misfit(part: "type") { $0.type = [] },
    Misfit(part: "type") { $0.type = Array(repeating: 65, count: 256) },
    Misfit(part: "set of attributes") { $0.subject = Array(repeating: 65, count: 1 << 20) },
    Misfit(part: "term of the type's field") { $0.terms = [Term(field: 0, value: [1])] },
  ])
  func `an event that could not be read again is refused`(_ misfit: Misfit) throws {
    try withTemporaryLog { log throws in
      var event = draft("a", "1")
      misfit.change(&event)
      #expect(throws: EventLogError.invalid(index: 1, part: misfit.part)) {
        try log.append(AppendBatch([draft("b", "2"), event]))
      }
      #expect(try log.size().count == 0)
    }
  }

  @Test func `an event is found by a term however long it is`() throws {
    try withTemporaryLog { log throws in
      let values = [[UInt8](repeating: 1, count: 70_000), [UInt8](repeating: 1, count: 70_001)]
      for (number, value) in values.enumerated() {
        var event = draft("a", "\(number)")
        event.terms = [Term(field: 1, value: value), Term(field: 40, value: value)]
        try log.append(AppendBatch([event]))
      }
      let all = Position(0)..<Position(2)
      for (number, value) in values.enumerated() {
        for field: UInt8 in [1, 40] {
          let found = try log.positions(
            matching: [[.exactly(Term(field: field, value: value))]],
            in: all
          )
          #expect(found.positions == [Position(UInt64(number))])
        }
      }
      #expect(try log.verify(.deep).problems.isEmpty)
    }
  }

  @Test func `the events of an identity are the first and each that differs from it`() throws {
    try withTemporaryLog { log throws in
      var event = draft("a", "1")
      let source = event.source
      for data in ["1", "2", "1", "3"] {
        event.data = Array(data.utf8)
        try log.append(AppendBatch([event]))
      }
      try log.append(AppendBatch([draft("b", "2")]))
      let found = try log.events(source: source, id: Array("a".utf8))
      #expect(found.map { String(decoding: $0.data, as: UTF8.self) } == ["1", "2", "3"])
      #expect(found.map(\.conflictsWith) == [nil, Position(0), Position(0)])
      #expect(try log.events(source: Array("other".utf8), id: Array("a".utf8)).isEmpty)
      #expect(try log.events(source: source, id: []).isEmpty)
    }
  }

  @Test func `of several batches those are told of that are in the log`() throws {
    try withTemporaryLog { log throws in
      var refused = draft("b", "2")
      refused.expectedVersion = .exactly(7)
      let batches = try [draft("a", "1"), refused, draft("c", "3")].map {
        try log.prepare(AppendBatch([$0]))
      }
      let results = try log.appendEach(batches)
      #expect(results.map { (try? $0.get()) != nil } == [true, false, true])
      #expect(try log.size().count == 2)
    }
  }

  @Test func `more events than one commit takes are refused whole`() throws {
    try withTemporaryLog { log throws in
      let events = (0...EventLog.maximumBatchCount).map { NumberedEvent.draft($0) }
      #expect(throws: EventLogError.self) { try log.append(AppendBatch(events)) }
      #expect(try log.size().count == 0)
    }
  }

  @Test func `a cause must stand before its effect`() throws {
    try withTemporaryLog { log throws in
      var effect = draft("b", "2")
      effect.cause = .earlierInBatch(0)
      try log.append(AppendBatch([draft("a", "1"), effect]))
      #expect(try log.event(at: Position(1))?.cause == Position(0))
      for cause in [
        EventDraft.Cause.earlierInBatch(1), .earlierInBatch(-1), .position(Position(2)),
      ] {
        var event = draft("c", "3")
        event.cause = cause
        #expect(throws: EventLogError.unknownCause(index: 1)) {
          try log.append(AppendBatch([draft("d", "4"), event]))
        }
      }
      #expect(try log.size().count == 2)
    }
  }

  @Test func `a recorded time never goes back, whatever the clock does`() throws {
    try withTemporaryFolder { folder throws in
      var options = deterministicOptions()
      let times = ListedTimes([500, 400, 600])
      options.clock = { times.next() }
      let log = try EventLog(at: folder + "/store", options: options)
      for number in 0..<3 { try log.append(AppendBatch([NumberedEvent.draft(number)])) }
      var recorded: [Int64] = []
      try log.read(everything) { event in
        recorded.append(event.recordedTime)
        return true
      }
      #expect(recorded == [500, 500, 600])
    }
  }

  @Test func `long values are kept once and come back`() throws {
    try withTemporaryLog { log throws in
      let owner = Array("execution-1".utf8)
      let values = [0, 600, 5_000, 200_000].map { count in
        StoredValue(
          owner: owner,
          hash: Array(repeating: UInt8(count % 251), count: 32),
          bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0) }
        )
      }
      try log.append(AppendBatch([draft("a", "1")], values: values))
      // Compressed otherwise the second time: what is there must stay as it is.
      try log.trainDictionary(
        .recorded,
        samples: (0..<2_000).map { ownDraft("{\"sample\":\($0 % 50)}", stream: "execution-1") },
        capacity: 4_096
      )
      try log.append(AppendBatch([draft("b", "1")], values: values))
      for value in values {
        #expect(try log.value(owner: owner, hash: value.hash) == value.bytes)
      }
      #expect(try log.value(owner: owner, hash: Array(repeating: 252, count: 32)) == nil)
    }
  }
}
