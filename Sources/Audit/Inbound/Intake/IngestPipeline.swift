internal import Dispatch
internal import EventStore
internal import Synchronization

/// Pieces of files on their way through the threads that parse them, back in order at the end.
final class IngestPipeline: Sendable {
  private let source: Mutex<Source>
  private let finished = Mutex(Finished())
  private let format: InboundFormat?
  private let intake: Intake
  private let log: EventLog
  private let threads: Int
  /// Bounds how many pieces are in memory.
  private let room: DispatchSemaphore
  /// Signalled for each piece that is finished, and at the end.
  private let news = DispatchSemaphore(value: 0)

  /// Where the next piece comes from; used by one thread at a time.
  private struct Source: @unchecked Sendable {
    var feed: InboundFeed
    var taken = 0
    var hasEnded = false
  }

  private struct Finished {
    var pieces: [Int: Result<PieceResult, any Error>] = [:]
    /// How many pieces there are, once that is known.
    var total: Int?
    /// The failure that ended the reading, behind the last piece.
    var failure: (any Error)?
  }

  init(
    _ feed: InboundFeed,
    _ intake: Intake,
    format: InboundFormat?,
    _ log: EventLog,
    threads: Int
  ) {
    source = Mutex(Source(feed: feed))
    self.intake = intake
    self.format = format
    self.log = log
    self.threads = max(1, threads)
    // Begun at 0: one that holds less at its end than at its beginning ends the process.
    room = DispatchSemaphore(value: 0)
    for _ in 0..<self.threads * 8 { room.signal() }
  }
}

extension IngestPipeline {
  /// Hands over what came of each piece, in order, on the calling thread.
  ///
  /// - Throws: What reading, parsing or the body throws, after all threads have ended.
  @available(*, noasync)
  func run(_ body: (PieceResult) throws -> Void) throws {
    let threads = try BackgroundThreads(count: threads) { self.work() }
    let outcome = Result { try handOver(body) }
    stop()
    threads.join()
    try outcome.get()
  }

  private func handOver(_ body: (PieceResult) throws -> Void) throws {
    var next = 0
    while let result = try take(next) {
      try body(result)
      room.signal()
      next += 1
    }
  }

  /// The result of a piece, once it is there; nil behind the last.
  private func take(_ number: Int) throws -> PieceResult? {
    while true {
      let (result, total, failure) = finished.withLock {
        ($0.pieces.removeValue(forKey: number), $0.total, $0.failure)
      }
      if let result { return try result.get() }
      if let total, number >= total {
        if let failure { throw failure }
        return nil
      }
      news.wait()
    }
  }

  private func stop() {
    source.withLock { $0.hasEnded = true }
    for _ in 0..<threads { room.signal() }
  }

  private func work() {
    let worker = Result { try PieceWorker(intake, format: format, log) }
    while true {
      room.wait()
      guard let (number, piece) = nextPiece() else {
        room.signal()
        return
      }
      let result = Result { try worker.get().process(piece) }
      finished.withLock { $0.pieces[number] = result }
      news.signal()
    }
  }

  private func nextPiece() -> (number: Int, piece: InboundPiece)? {
    source.withLock { source in
      guard !source.hasEnded else { return nil }
      do {
        if let piece = try source.feed.next() {
          source.taken += 1
          return (source.taken - 1, piece)
        }
        end(after: source.taken, failure: nil)
      } catch {
        end(after: source.taken, failure: error)
      }
      source.hasEnded = true
      return nil
    }
  }

  private func end(after total: Int, failure: (any Error)?) {
    finished.withLock {
      $0.total = total
      $0.failure = failure
    }
    news.signal()
  }
}
