internal import Dispatch
internal import Foundation
internal import Glibc
internal import Synchronization

/// Threads on which the log is read for whoever asks over the network, so that what comes in is not held up:
/// few, and of a lower priority than those that write.
final class ReadingThreads: Sendable {
  /// Too much waits to be read.
  struct Busy: Error {}

  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var hasEnded = false
  }

  private let count: Int
  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// The most that waits.
  private static let most = 64
  /// By how much others go before them, as `nice` counts it.
  private static let niceness: CInt = 5

  init(count: Int) {
    self.count = count
  }

  /// Starts the threads.
  func start() {
    for number in 0..<count {
      let thread = Thread { [self] in work() }
      thread.name = "auditcli reader \(number)"
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// Ends the threads when all that waits is done.
  @available(*, noasync)
  func stop() {
    state.withLock { $0.hasEnded = true }
    for _ in 0..<count { news.signal() }
    for _ in 0..<count { ended.wait() }
  }

  /// What `body` returns, called on one of the threads.
  ///
  /// - Throws: `Busy`; what `body` throws.
  func run<Made: Sendable>(_ body: @escaping @Sendable () throws -> Made) async throws -> Made {
    try await withCheckedThrowingContinuation { answer in
      let isTaken = state.withLock { state in
        guard !state.hasEnded, state.waiting.count < Self.most else { return false }
        state.waiting.append { answer.resume(with: Result { try body() }) }
        return true
      }
      if isTaken { news.signal() } else { answer.resume(throwing: Busy()) }
    }
  }

  private func work() {
    // Of Linux' threads each has a priority of its own.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
    while true {
      news.wait()
      let next = state.withLock { state -> (@Sendable () -> Void)? in
        state.waiting.isEmpty ? nil : state.waiting.removeFirst()
      }
      guard let next else { break }
      next()
    }
    // The others are told as well, whoever took which signal.
    ended.signal()
  }
}
