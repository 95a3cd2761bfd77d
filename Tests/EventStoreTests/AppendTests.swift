import EventStore
import TestSupport
import Testing

@Suite struct AppendTests {
  private func draft(_ id: String, _ data: String, terms: [Term] = []) -> EventDraft {
    var draft = EventDraft(
      type: "user.session.start",
      source: Array("https://acme.example.com".utf8),
      stream: StreamID("origin-acme"),
      data: Array(data.utf8)
    )
    draft.id = Array(id.utf8)
    draft.identity = .sourceAndID
    draft.terms = terms
    draft.timestamp = 1_780_000_000_000
    return draft
  }

  @Test func `events come back byte for byte in the order of their positions`() throws {
    try withTemporaryLog { log in
      let outcomes = try log.append(AppendBatch([draft("a", "{\"x\": 1}"), draft("b", "{}")]))
      #expect(outcomes == [.appended(Position(0)), .appended(Position(1))])
      let first = try #require(try log.event(at: Position(0)))
      #expect(first.data == Array("{\"x\": 1}".utf8))
      #expect(first.type == "user.session.start")
      #expect(first.attributes.id == Array("a".utf8))
      #expect(try log.event(at: Position(2)) == nil)
    }
  }

  @Test func `the same id with the same bytes is a duplicate and with other bytes a conflict`()
    throws
  {
    try withTemporaryLog { log in
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

  @Test func `an expected version that does not hold appends nothing`() throws {
    try withTemporaryLog { log in
      var event = draft("a", "1")
      event.expectedVersion = .exactly(1)
      #expect(throws: EventLogError.self) { try log.append(AppendBatch([event])) }
      event.expectedVersion = .none
      try log.append(AppendBatch([event]))
      #expect(try log.size().count == 1)
    }
  }

  @Test func `sealed segments and the tail answer as a scan does`() throws {
    try withTemporaryLog { log in
      let count = 10_000
      func terms(_ number: Int) -> [Term] {
        [
          Term(field: 1, value: Array("kind-\(number % 7)".utf8)),
          Term(field: 2, value: Array("user-\(number * number % 1009)".utf8)),
          Term(field: 130, value: Array("session-\(number / 3)".utf8)),
        ]
      }
      for start in stride(from: 0, to: count, by: 1000) {
        let events = (start..<start + 1000).map {
          draft("\($0)", "{\"n\":\($0)}", terms: terms($0))
        }
        try log.append(AppendBatch(events))
      }
      for (term, expected) in [
        (terms(5)[0], (0..<count).filter { $0 % 7 == 5 }),
        (terms(77)[1], (0..<count).filter { $0 * $0 % 1009 == 77 * 77 % 1009 }),
        (terms(9000)[2], [9000, 9001, 9002]),
      ] {
        let found = try log.positions(
          matching: [[.exactly(term)]],
          in: Position(0)..<Position(.max)
        )
        #expect(found.positions == expected.map { Position(UInt64($0)) })
        #expect(found.segments == 2)
      }
    }
  }
}
