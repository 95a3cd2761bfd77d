internal import Dispatch
internal import Foundation
internal import Glibc
internal import Synchronization

/// Threads on which the log is read for whoever asks over the network, so that what comes in is not held up:
/// few, and of a lower priority than those that write.
///
/// Nobody keeps others out: each has a few places, and what has waited long is refused, so that those who
/// have hung up meanwhile cost nothing.
final class ReadingThreads: Sendable {
  /// Too much waits to be read, or it has waited too long.
  struct Busy: Error {}

  private struct Reading {
    let caller: String
    let since: ContinuousClock.Instant
    /// Reads, or tells that it does not.
    let perform: @Sendable (_ isTooLate: Bool) -> Void
  }

  private struct State {
    var waiting: [Reading] = []
    /// How much each caller has waiting or being read.
    var places: [String: Int] = [:]
    var hasEnded = false

    mutating func leave(_ caller: String) {
      let left = places[caller, default: 1] - 1
      places[caller] = left > 0 ? left : nil
    }
  }

  private let count: Int
  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// The most that waits.
  private static let most = 64
  /// The most that is waiting or being read for one caller.
  private static let mostOfOne = 4
  /// How long it waits at most; who asks again after that is better served than who has gone.
  private static let patience = Duration.seconds(3)
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

  /// What `body` returns, called on one of the threads for a caller.
  ///
  /// - Throws: `Busy`; what `body` throws.
  func run<Made: Sendable>(
    for caller: String,
    _ body: @escaping @Sendable () throws -> Made
  ) async throws -> Made {
    try await withCheckedThrowingContinuation { answer in
      let reading = Reading(caller: caller, since: .now) { isTooLate in
        answer.resume(with: Result { if isTooLate { throw Busy() } else { try body() } })
      }
      let isTaken = state.withLock { state in
        guard !state.hasEnded, state.waiting.count < Self.most,
          state.places[caller, default: 0] < Self.mostOfOne
        else { return false }
        state.waiting.append(reading)
        state.places[caller, default: 0] += 1
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
      let next = state.withLock { state in
        state.waiting.isEmpty ? nil : state.waiting.removeFirst()
      }
      guard let next else { break }
      next.perform(ContinuousClock.now - next.since > Self.patience)
      state.withLock { $0.leave(next.caller) }
    }
    // The others are told as well, whoever took which signal.
    ended.signal()
  }
}
