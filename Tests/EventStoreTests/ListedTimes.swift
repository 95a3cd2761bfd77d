import Synchronization

/// A clock that tells listed times, the last one for ever.
final class ListedTimes: Sendable {
  private let rest: Mutex<[Int64]>

  init(_ times: [Int64]) {
    rest = Mutex(times)
  }

  func next() -> Int64 {
    rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? 0 }
  }
}
