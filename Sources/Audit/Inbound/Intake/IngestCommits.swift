internal import EventStore
internal import Glibc

/// Prepared batches on their way into commits, a few at a time, and what becomes of their events.
///
/// Pages that events hit at random are written once a commit, so that fewer commits write less.
struct IngestCommits {
  private let log: EventLog
  private var waiting: [PreparedBatch] = []
  private var waitingBytes = 0
  var report = IngestReport()

  /// How many batches go into a commit, and about how many bytes it writes.
  private static let (batchCount, batchBytes) = (24, 12 << 20)
  /// How many go into a commit near the end.
  private static let lastCount = 6

  init(_ log: EventLog) {
    self.log = log
  }

  /// Takes a batch, and commits those before it when they are enough.
  ///
  /// Near the end fewer are enough: else the other threads would have nothing to do while the last commit, a long one,
  /// is made.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - bytesLeft: How many bytes of the files come behind those before the batch, nil where that is not known.
  /// - Throws: Why events of the batches before it cannot be appended.
  @available(*, noasync)
  mutating func add(_ batch: PreparedBatch, bytesLeft: Int?) throws {
    let half = (bytesLeft ?? .max) / FileCutter.Limits().pieceBytes / 2
    let isFull =
      waiting.count >= min(Self.batchCount, max(Self.lastCount, half))
      || waitingBytes + batch.byteCount > Self.batchBytes
    if isFull, !waiting.isEmpty {
      try commit()
      // LMDB's writer lock is unfair: between two commits other processes have a moment to take it.
      usleep(1000)
    }
    waiting.append(batch)
    waitingBytes += batch.byteCount
  }

  /// Commits what waits.
  @available(*, noasync)
  mutating func commit() throws {
    defer {
      waiting.removeAll(keepingCapacity: true)
      waitingBytes = 0
    }
    var failure: (any Error)?
    // Where one batch fails, others may be in the log all the same.
    for result in try log.appendEach(waiting) {
      switch result {
      case .success(let outcomes): report.count(outcomes)
      case .failure(let error): failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }
}
