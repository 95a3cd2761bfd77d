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
  private let keepsSecrets: Bool
  private let threads: Int
  /// Bounds how many pieces of the usual size are in memory; a longer one counts as several.
  private let room: DispatchSemaphore
  /// Signalled for each piece that is finished, and at the end.
  private let news = DispatchSemaphore(value: 0)

  /// Where the next piece comes from; used by one thread at a time.
  private struct Source: @unchecked Sendable {
    var feed: InboundFeed
    var taken = 0
    var hasEnded = false
  }

  /// What came of a piece, and how much of the room it takes.
  private struct Ended {
    let result: Result<PieceResult, any Error>
    let size: Int
  }

  private struct Finished {
    var pieces: [Int: Ended] = [:]
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
    keepsSecrets: Bool,
    threads: Int
  ) {
    source = Mutex(Source(feed: feed))
    self.intake = intake
    self.format = format
    self.log = log
    self.keepsSecrets = keepsSecrets
    self.threads = max(1, threads)
    // Begun at 0: one that holds less at its end than at its beginning ends the process.
    room = DispatchSemaphore(value: 0)
    for _ in 0..<self.threads * Self.roomOfThread { room.signal() }
  }

  private static let roomOfThread = 12
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
    while let ended = try take(next) {
      try body(ended.result.get())
      for _ in 0..<ended.size { room.signal() }
      next += 1
    }
  }

  /// The result of a piece, once it is there; nil behind the last.
  private func take(_ number: Int) throws -> Ended? {
    while true {
      let (ended, total, failure) = finished.withLock {
        ($0.pieces.removeValue(forKey: number), $0.total, $0.failure)
      }
      if let ended { return ended }
      if let total, number >= total {
        if let failure { throw failure }
        return nil
      }
      news.wait()
    }
  }

  private func stop() {
    // Also for a thread that waits for the room of a long piece, and holds the source.
    for _ in 0..<threads * (Self.roomOfThread + 1) { room.signal() }
    source.withLock { $0.hasEnded = true }
  }

  private func work() {
    let worker = Result { try PieceWorker(intake, format: format, log, keepsSecrets: keepsSecrets) }
    while true {
      room.wait()
      guard let (number, piece, size) = nextPiece() else {
        room.signal()
        return
      }
      let result = Result { try worker.get().process(piece) }
      finished.withLock { $0.pieces[number] = Ended(result: result, size: size) }
      news.signal()
    }
  }

  /// The next piece; waits for the room that it takes beyond that of one.
  ///
  /// Those before it have theirs, so that they end and give it back.
  private func nextPiece() -> (number: Int, piece: InboundPiece, size: Int)? {
    source.withLock { source in
      guard !source.hasEnded else { return nil }
      do {
        if let piece = try source.feed.next() {
          source.taken += 1
          // The other threads may each hold room for a piece that they have yet to take.
          let most = threads * Self.roomOfThread - (threads - 1)
          let size = min(most, max(1, piece.window.room / FileCutter.Limits().windowBytes))
          for _ in 1..<size { room.wait() }
          return (source.taken - 1, piece, size)
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
