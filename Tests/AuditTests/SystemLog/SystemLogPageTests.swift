import Audit
import EventStore
import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// Pages of System Log entries hold what a search finds, whatever the filter, the order and the length.
@Suite struct SystemLogPageTests {
  private static let filters = [
    nil, #"eventType sw "user.""#, #"outcome.result eq "FAILURE""#,
    #"eventType eq "user.session.start" and outcome.result eq "SUCCESS""#,
    #"actor.displayName co "a""#, #"severity eq "WARN" or severity eq "ERROR""#,
    #"eventType eq "no.such.type""#, #"not (severity eq "INFO")"#,
  ]

  private static func time(_ milliseconds: Int64) -> String {
    Instant(milliseconds: milliseconds).iso8601.description
  }

  @Test func `pages by time, joined, are what a search finds, in either order`() throws {
    var random = SplitMix64(forTest: "pages by time")
    var generator = EventGenerator(seed: random.next(), regularity: .irregular)
    try withTemporaryLog(segmentSpan: 256) { log in
      let paged = PagedLog(log)
      try paged.append((0..<2500).map { _ in generator.nextEvent() })
      // Some come late.
      var late = EventGenerator(seed: random.next(), start: 1_788_220_900_000)
      try paged.append((0..<300).map { _ in late.nextEvent() })
      for _ in 0..<Torture.count(25, full: 500) {
        let bounds = (0..<2).map { _ in 1_788_220_000_000 + Int64(random.below(3_500_000)) }
          .sorted()
        var query = SearchQuery()
        query.since = bounds[0]
        query.until = bounds[1] + 1
        let filter = random.pick(Self.filters)
        query.filter = try filter.map { try Filter($0) }
        let order = random.pick([TimeOrder.ascending, .descending])
        var parameters = [
          ("since", Self.time(bounds[0])), ("until", Self.time(bounds[1] + 1)),
          ("limit", "\(1 + random.below(random.pick([3, 120, 1000])))"),
          ("sortOrder", order == .ascending ? "ASCENDING" : "DESCENDING"),
        ]
        if let filter { parameters.append(("filter", filter)) }
        // What comes while pages are read belongs to none of them.
        var extra = EventGenerator(seed: random.next())
        let expected = try paged.searched(query, order)
        let found = try paged.entries(parameters) {
          if random.once(in: 8) { try paged.append([extra.nextEvent()]) }
        }
        #expect(found == expected, "\(parameters)")
      }
    }
  }

  @Test func `who polls while entries come misses none and gets none twice`() throws {
    var random = SplitMix64(forTest: "polling")
    for _ in 0..<Torture.count(6, full: 100) {
      try withTemporaryLog(segmentSpan: 64) { log in
        let paged = PagedLog(log, now: 1_780_000_000_000)
        var generator = EventGenerator(seed: random.next(), regularity: .irregular)
        try paged.append((0..<random.below(400)).map { _ in generator.nextEvent() })
        let filter = random.pick(Self.filters)
        var parameters = [("limit", "\(1 + random.below(90))")]
        if let filter { parameters.append(("filter", filter)) }
        var rounds = 0
        let found = try paged.entries(parameters) {
          rounds += 1
          guard rounds < 30, random.once(in: 2) else { return }
          try paged.append((0..<random.below(60)).map { _ in generator.nextEvent() })
          // The log's own events come between.
          try log.append(AppendBatch([NumberedEvent.draft(rounds)]))
        }
        var query = SearchQuery()
        query.filter = try filter.map { try Filter($0) }
        let expected = try paged.searched(query)
        #expect(found == expected, "\(parameters)")
        #expect(Set(found).count == found.count)
      }
    }
  }

  @Test func `a threaded writer and a poller beside it agree at the end`() throws {
    try withTemporaryLog(segmentSpan: 128) { log in
      let paged = PagedLog(log, now: 1_780_000_000_000)
      let results = Concurrently.threads(2) { number -> [String] in
        if number == 0 {
          var generator = EventGenerator(seed: 11)
          for _ in 0..<40 { try paged.append((0..<25).map { _ in generator.nextEvent() }) }
          return []
        }
        var ids: [String] = []
        var parameters = [(name: "limit", value: "17")]
        let deadline = Date().addingTimeInterval(120)
        while ids.count < 1000, Date() < deadline {
          let page = try paged.page(parameters)
          ids += try PagedLog.entries(page)
          let next = try #require(page.next)
          parameters = [("limit", "17"), ("after", paged.cursors.text(of: next))]
        }
        return ids
      }
      _ = try results[0].get()
      let expected = try paged.searched(SearchQuery())
      #expect(try results[1].get() == expected)
    }
  }

  @Test func `an entry is read as it came, once, without its conflicting copies`() throws {
    try withTemporaryLog { log in
      let paged = PagedLog(log, now: 1_780_000_000_000)
      let first = Array(#"{"uuid" : "a","eventType":"t","published":"2026-05-28T00:00:00Z"}"#.utf8)
      let other = Array(
        #"{"uuid":"a","eventType":"t","published":"2026-05-28T00:00:00.000Z"}"#.utf8
      )
      try paged.append([first, other, first])
      let page = try paged.page([])
      #expect(page.body == [0x5B] + first + [0x5D])
      // Two orgs may use one id.
      try paged.append([first], origin: "https://other.example.com")
      #expect(try paged.page([]).count == 2)
    }
  }

  @Test func `a page ends early at its bounds, and the next goes on there`() throws {
    try withTemporaryLog { log in
      let paged = PagedLog(log, now: 1_780_000_000_000)
      var generator = EventGenerator(seed: 3)
      try paged.append((0..<200).map { _ in generator.nextEvent() })
      let all = try paged.searched(SearchQuery())
      let small = SystemLogBudget(bytes: 10_000)
      let page = try paged.page([("limit", "1000")], small)
      #expect(page.isCutShort && (1..<6).contains(page.count))
      #expect(try paged.entries([("limit", "1000")], small) == all)
      let bounded = [("limit", "1000"), ("until", "2026-12-01"), ("since", "2026-01-01")]
      #expect(try paged.entries(bounded, small).count == 200)
      // Nobody is kept from going on by a search that had no time.
      let asked = Mutex(0)
      let spent = SystemLogBudget {
        asked.withLock { $0 += 1 }
        return true
      }
      let none = [("filter", #"actor.displayName eq "nobody""#), ("limit", "10")]
      #expect(try paged.entries(none, spent).isEmpty)
      #expect(try paged.entries(none + [("sortOrder", "DESCENDING")], spent).isEmpty)
    }
  }

  @Test func `an empty page of a poller names itself again, the last one by time names none`()
    throws
  {
    try withTemporaryLog { log in
      let paged = PagedLog(log, now: 1_780_000_000_000)
      let empty = try paged.page([])
      let cursor = paged.cursors.text(of: try #require(empty.next))
      try log.append(AppendBatch([NumberedEvent.draft(1)]))
      let again = try paged.page([("after", cursor)])
      #expect(again.count == 0 && again.next == empty.next)
      var generator = EventGenerator(seed: 3)
      try paged.append((0..<10).map { _ in generator.nextEvent() })
      let bounded = [("since", "2026-01-01"), ("until", "2027-01-01")]
      #expect(try paged.page(bounded + [("limit", "10")]).next == nil)
      #expect(try paged.page(bounded + [("limit", "9")]).next != nil)
      #expect(try paged.page(bounded + [("limit", "0")]).next == nil)
      #expect(try paged.page([("limit", "0")]).next != nil)
    }
  }

  @Test func `polling begins at what was appended since a time`() throws {
    try withTemporaryLog { log in
      // Published before they are appended.
      var generator = EventGenerator(seed: 5, start: 1_770_000_000_000)
      let paged = PagedLog(log)
      for _ in 0..<5 { try paged.append((0..<7).map { _ in generator.nextEvent() }) }
      let middle = try #require(try log.event(at: Position(20))).recordedTime
      var expected: [String] = []
      try log.scan(Position(0)..<Position(.max)) { event in
        if event.recordedTime >= middle {
          expected.append(String(decoding: try event.data(), as: UTF8.self))
        }
        return true
      }
      #expect((1..<35).contains(expected.count))
      let found = try paged.entries([("since", Self.time(middle))])
      #expect(found == expected)
      #expect(try paged.entries([("since", "2027-01-01")]).isEmpty)
    }
  }

  @Test func `polling begins with what says to be published since, where an org's clock is ahead`()
    throws
  {
    try withTemporaryLog { log in
      let paged = PagedLog(log)
      let recorded: Int64 = 1_780_000_000_000
      // Every other one is an hour old, the others are a minute ahead.
      let entries = (0..<40).map { number in
        let published = recorded + (number.isMultiple(of: 2) ? -3_600_000 : 60_000 + Int64(number))
        return Array(
          (#"{"uuid":"id-\#(number)","eventType":"t","published":"\#(Self.time(published))"}"#).utf8
        )
      }
      try paged.append(entries)
      let since = Self.time(recorded + 60_000)
      let expected = stride(from: 1, to: 40, by: 2).map {
        String(decoding: entries[$0], as: UTF8.self)
      }
      for limit in [1, 7, 100] {
        #expect(try paged.entries([("since", since), ("limit", "\(limit)")]) == expected)
      }
      // An empty page goes on with the same, and what comes is found whatever it says.
      let last = Self.time(recorded + 60_040)
      let empty = try paged.page([("since", last)])
      #expect(empty.count == 0)
      try paged.append([Array(#"{"uuid":"new","eventType":"t","published":"2020-01-01"}"#.utf8)])
      let cursor = paged.cursors.text(of: try #require(empty.next))
      #expect(try paged.page([("after", cursor)]).count == 1)
    }
  }
}
