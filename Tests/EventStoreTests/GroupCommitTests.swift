import Synchronization
import TestSupport
import Testing

@testable import EventStore

@Suite struct GroupCommitTests {
  @Test func `writers that wait at the same time share commits`() throws {
    try withTemporaryLog(segmentSpan: 64) { log throws in
      let before = try log.environment.read { $0.id }
      let threads = Threads(32) { index in
        for number in 0..<40 {
          _ = try? log.append(AppendBatch([NumberedEvent.draft(index * 40 + number + 1)]))
        }
      }
      threads.join()
      let commits = try log.environment.read { $0.id } - before
      #expect(try log.size().count == 32 * 40)
      #expect(commits < 32 * 40 / 2)
      print("group commit: \(32 * 40) appends of 32 threads in \(commits) commits")
    }
  }

  @Test func `each of many writers is told where its own events are`() throws {
    try withTemporaryLog { log throws in
      let threads = Threads(16) { index in
        for number in 0..<20 {
          let event = ownDraft("\(index)-\(number)", stream: "execution-\(index)")
          guard let outcome = try? log.append(AppendBatch([event])).first,
            let stored = try? log.event(at: outcome.position)
          else {
            Issue.record("an append failed")
            return
          }
          #expect(stored.data == event.data)
        }
      }
      threads.join()
    }
  }

  @Test func `a batch that fails does not take its group with it`() throws {
    try withTemporaryLog { log throws in
      let failed = Mutex(0)
      let threads = Threads(16) { index in
        for number in 0..<20 {
          var event = ownDraft("\(index)-\(number)", stream: "execution-\(index)")
          if number % 4 == 3 { event.expectedVersion = .exactly(1_000) }
          do {
            try log.append(AppendBatch([event]))
          } catch { failed.withLock { $0 += 1 } }
        }
      }
      threads.join()
      #expect(failed.withLock { $0 } == 16 * 5)
      #expect(try log.size().count == 16 * 15)
    }
  }

  @Test func `a batch that meets a damaged event fails alone`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: deterministicOptions(segmentSpan: 2))
      try log.append(AppendBatch([draft("a", "1"), draft("b", "1")]))
      try log.environment.write { transaction in
        try VerificationTests.change(log.tables.events, Keys.event(0), transaction) { $0[0] = 9 }
      }
      let threads = Threads(8) { index in
        for number in 0..<10 {
          // One thread of eight meets the event that no longer reads.
          let id = index == 0 ? "a" : "\(index)-\(number)"
          _ = try? log.append(AppendBatch([draft(id, "2")]))
        }
      }
      threads.join()
      #expect(try log.size().count == 2 + 7 * 10)
    }
  }

  @Test func `a group holds at most what one commit takes`() throws {
    try withTemporaryLog { log throws in
      let threads = Threads(8) { index in
        for part in 0..<3 {
          let first = 1 + (index * 3 + part) * 400
          _ = try? log.append(
            AppendBatch(
              (first..<first + 400).map { number in
                var draft = NumberedEvent.draft(number)
                draft.cause = nil
                return draft
              }
            )
          )
        }
      }
      threads.join()
      #expect(try log.size().count == 8 * 3 * 400)
    }
  }
}
