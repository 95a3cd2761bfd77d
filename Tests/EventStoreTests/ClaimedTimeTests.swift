import EventStore
import TestSupport
import Testing

/// Events in the order of the times that they claim.
@Suite struct ClaimedTimeTests {
  /// Appends events with times that are drawn, few of which follow their place; one in nine has none.
  private func fill(
    _ log: EventLog,
    _ count: Int,
    _ random: inout SplitMix64
  ) throws -> [ClaimedTime] {
    var times: [ClaimedTime] = []
    var number = 0
    while number < count {
      var drafts: [EventDraft] = []
      for _ in 0..<min(1 + random.below(40), count - number) {
        var draft = NumberedEvent.draft(number)
        draft.cause = nil
        let isOrdered = random.below(3) > 0
        draft.timestamp =
          random.once(in: 9)
          ? nil : Int64(isOrdered ? number / 3 : random.below(count / 2)) - 50
        if let time = draft.timestamp {
          times.append(ClaimedTime(time, at: Position(UInt64(number))))
        }
        drafts.append(draft)
        number += 1
      }
      try log.append(AppendBatch(drafts))
    }
    return times.sorted()
  }

  @Test(arguments: [TimeOrder.ascending, .descending])
  func `pages of times, joined, are all of them in their order`(_ order: TimeOrder) throws {
    var random = SplitMix64(forTest: "pages of times")
    try withTemporaryLog(segmentSpan: 64) { log in
      let times = try fill(log, 1500, &random)
      for _ in 0..<Torture.count(40, full: 1000) {
        let bounds = [random.below(900) - 60, random.below(900) - 60].sorted().map { Int64($0) }
        let end = UInt64(random.below(1600))
        var query = TimeQuery(order, bounds[0]..<bounds[1], before: Position(end))
        let group = random.once(in: 2) ? random.below(7) : nil
        if let group {
          query.groups = [[.exactly(Term(field: 1, value: Array("kind-\(group)".utf8)))]]
        }
        var expected = times.filter { time in
          let number = Int(time.position.rawValue)
          return query.times.contains(time.milliseconds) && time.position.rawValue < end
            && (group.map { number % 7 == $0 } ?? true)
        }
        if order == .descending { expected.reverse() }
        var found: [ClaimedTime] = []
        let limit = 1 + random.below(200)
        while true {
          let page = try log.claimedTimes(query, after: found.last, limit: limit)
          found += page
          if page.count < limit { break }
        }
        #expect(found == expected)
      }
    }
  }

  @Test func `nothing is found in a log, a range or a page without events`() throws {
    try withTemporaryLog { log in
      let query = TimeQuery(.ascending, 0..<10, before: Position(10))
      #expect(try log.claimedTimes(query, after: nil, limit: 5).isEmpty)
      var draft = NumberedEvent.draft(1)
      draft.timestamp = 5
      try log.append(AppendBatch([draft]))
      #expect(try log.claimedTimes(query, after: nil, limit: 0).isEmpty)
      #expect(try log.claimedTimes(query, after: nil, limit: 5).map(\.milliseconds) == [5])
      let empty = TimeQuery(.ascending, 6..<6, before: Position(10))
      #expect(try log.claimedTimes(empty, after: nil, limit: 5).isEmpty)
    }
  }
}
