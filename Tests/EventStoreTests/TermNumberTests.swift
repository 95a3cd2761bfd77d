import TestSupport
import Testing

@testable import EventStore

/// A value has one number, whether it came as a type or as a field's value, and whichever came first.
@Suite struct TermNumberTests {
  private func draft(_ id: Int, type: String, values: [String]) -> EventDraft {
    var draft = EventStoreTests.draft("\(id)", "{}")
    draft.type = Array(type.utf8)
    draft.terms = values.map { Term(field: 3, value: Array($0.utf8)) }
    return draft
  }

  private func positions(_ field: UInt8, _ value: String, in log: EventLog) throws -> [UInt64] {
    let term = Term(field: field, value: Array(value.utf8))
    return try log.positions(matching: [[.exactly(term)]], in: everything).positions.map(\.rawValue)
  }

  @Test(arguments: [1, 2, 6])
  func `a value that is also a type is found as both`(batchSize: Int) throws {
    let events = [
      draft(0, type: "first", values: ["second", "only a value"]),
      draft(1, type: "second", values: ["first", "third"]),
      draft(2, type: "third", values: ["third"]),
      draft(3, type: "first", values: []),
      draft(4, type: "fourth", values: ["fourth", "only a value"]),
      draft(5, type: "second", values: ["fifth"]),
    ]
    try withTemporaryLog { log throws in
      for start in stride(from: 0, to: events.count, by: batchSize) {
        try log.append(AppendBatch(Array(events[start..<min(start + batchSize, events.count)])))
      }
      for name in ["first", "second", "third", "fourth", "fifth", "only a value", "none"] {
        let typed = events.indices.filter { events[$0].type == Array(name.utf8) }
        let valued = events.indices.filter { events[$0].isIndexed(by: name) }
        #expect(try positions(Term.typeField, name, in: log) == typed.map(UInt64.init))
        #expect(try positions(3, name, in: log) == valued.map(UInt64.init))
      }
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test(arguments: [1, 20, CacheLimits().terms])
  func `values of every length are found, whatever commit they came in`(
    keepingInMemory limit: Int
  ) throws {
    var random = SplitMix64(forTest: "term numbers")
    let values = (0..<100).map { number in
      // Some share long beginnings, some are cut in their keys, some are too long to stay in memory.
      let length = [0, 7, 8, 9, 399, 400, 401, 5_000][random.below(8)]
      return String(repeating: "s", count: length) + "\(random.below(1_000)).\(number)"
    }
    var events: [EventDraft] = []
    try withTemporaryFolder { folder in
      for _ in 0..<2 {
        var options = deterministicOptions()
        options.cacheLimits.terms = limit
        let log = try EventLog(at: folder + "/store", options: options)
        for _ in 0..<6 {
          let batches = try (0..<3).map { _ in
            var builder = try log.batchBuilder()
            for _ in 0..<5 {
              let chosen = Set((0..<3).map { _ in values[random.below(values.count)] }).sorted()
              let isType = random.once(in: 4) && chosen[0].utf8.count < 250
              events.append(
                draft(events.count, type: isType ? chosen[0] : "plain", values: chosen)
              )
              try builder.add(events[events.count - 1])
            }
            return builder.take()
          }
          for result in try log.appendEach(batches) { _ = try result.get() }
        }
        #expect(try log.verify(.deep).problems == [])
        for value in values {
          let valued = events.indices.filter { events[$0].isIndexed(by: value) }
          let typed = events.indices.filter { events[$0].type == Array(value.utf8) }
          #expect(try positions(3, value, in: log) == valued.map(UInt64.init))
          #expect(try positions(Term.typeField, value, in: log) == typed.map(UInt64.init))
        }
      }
    }
  }
}

extension EventDraft {
  fileprivate func isIndexed(by value: String) -> Bool {
    terms.contains { $0.value == Array(value.utf8) }
  }
}
