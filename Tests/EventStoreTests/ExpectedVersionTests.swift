import TestSupport
import Testing

@testable import EventStore

@Suite struct ExpectedVersionTests {
  @Test func `an expected version that does not hold appends nothing`() throws {
    try withTemporaryLog { log throws in
      let wrong = ownDraft("1", stream: "flow-1", expecting: 1)
      #expect(
        throws: EventLogError.wrongExpectedVersion(
          stream: StreamID("flow-1"),
          expected: 1,
          actual: 0
        )
      ) { try log.append(AppendBatch([ownDraft("0", stream: "flow-2"), wrong])) }
      #expect(try log.size().count == 0)
      try log.append(AppendBatch([ownDraft("1", stream: "flow-1", expecting: 0)]))
      try log.append(AppendBatch([ownDraft("2", stream: "flow-1", expecting: 1)]))
      #expect(try log.events(of: StreamID("flow-1")).map(\.version) == [0, 1])
    }
  }

  @Test func `an expectation counts what its own batch adds before it`() throws {
    try withTemporaryLog { log throws in
      let batch = (0..<3).map { ownDraft("\($0)", stream: "flow-1", expecting: UInt32($0)) }
      try log.append(AppendBatch(batch))
      #expect(try log.size().count == 3)
    }
  }

  @Test func `duplicates add nothing to what a later event of the batch may expect`() throws {
    try withTemporaryLog { log throws in
      try log.append(AppendBatch([draft("a", "1")]))
      var next = draft("b", "2")
      next.expectedVersion = .exactly(2)
      #expect(throws: EventLogError.self) {
        try log.append(AppendBatch([draft("a", "1"), draft("a", "1"), next]))
      }
      next.expectedVersion = .exactly(1)
      try log.append(AppendBatch([draft("a", "1"), next]))
      #expect(try log.events(of: StreamID("origin-acme")).map(\.version) == [0, 1])
    }
  }

  @Test func `a batch appended again is duplicates, whatever it expected the first time`() throws {
    try withTemporaryLog { log throws in
      var event = draft("a", "1")
      event.expectedVersion = .none
      try log.append(AppendBatch([event]))
      #expect(try log.append(AppendBatch([event])) == [.duplicate(of: Position(0))])
    }
  }

  @Test(arguments: [1, 63, 64, 65, 128, 1_000])
  func `a stream of any length knows its positions and goes on after a reopening`(
    _ count: Int
  ) throws {
    try withTemporaryFolder { folder throws in
      let stream = StreamID("execution-1")
      func append(_ numbers: Range<Int>) throws {
        let log = try EventLog(at: folder + "/store", options: deterministicOptions())
        for number in numbers {
          try log.append(
            AppendBatch([
              ownDraft("\(number)", stream: "execution-1", expecting: UInt32(number)),
              ownDraft("other", stream: "execution-2"),
            ])
          )
        }
        let expected = (0..<numbers.upperBound).map { Position(UInt64($0) * 2) }
        #expect(try log.positions(of: stream) == expected)
        #expect(try log.firstPosition(of: stream) == expected.first)
        #expect(try log.lastPositions(of: stream, count: 2) == Array(expected.suffix(2)))
        #expect(try log.verify(.deep).problems == [])
      }
      try append(0..<count)
      try append(count..<count + 2)
    }
  }
}
