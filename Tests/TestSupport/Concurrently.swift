internal import Dispatch
internal import Synchronization

/// Work done at the same time, and waited for.
public enum Concurrently {
  /// Calls `body` with 0..<count, as many at a time as the machine likes, and returns the results in
  /// order.
  public static func map<Made: Sendable>(
    _ count: Int,
    _ body: @Sendable (Int) throws -> Made
  ) -> [Result<Made, any Error>] {
    let made = Mutex<[Int: Result<Made, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = Result { try body(index) }
      made.withLock { $0[index] = result }
    }
    return made.withLock { results in (0..<count).compactMap { results[$0] } }
  }
}
