internal import EventStore
internal import Glibc

/// Prepared batches on their way into commits, a few at a time, and what becomes of their events.
///
/// Pages that events hit at random are written once a commit, so that fewer commits write less.
struct IngestCommits {
  private let log: EventLog
  private var waiting: [PreparedBatch] = []
  var report = IngestReport()

  /// How many batches go into a commit.
  private static let batchCount = 12

  init(_ log: EventLog) {
    self.log = log
  }

  /// Takes a batch, and commits when there are enough.
  @available(*, noasync)
  mutating func add(_ batch: PreparedBatch) throws {
    // LMDB's writer lock is unfair: between two commits other processes have a moment to take it.
    if waiting.count == Self.batchCount {
      try commit()
      usleep(1000)
    }
    waiting.append(batch)
  }

  /// Commits what waits.
  @available(*, noasync)
  mutating func commit() throws {
    defer { waiting.removeAll(keepingCapacity: true) }
    for outcomes in try log.append(waiting) { report.count(outcomes) }
  }
}
