internal import Dispatch
internal import Foundation
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

  /// Calls `body` with 0..<count, each on a thread of its own, and returns the results in order; for
  /// work that waits for other work.
  public static func threads<Made: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (Int) throws -> Made
  ) -> [Result<Made, any Error>] {
    let made = Slots<Made>(count: count)
    let group = DispatchGroup()
    for index in 0..<count {
      group.enter()
      Thread.detachNewThread {
        made.set(index, Result { try body(index) })
        group.leave()
      }
    }
    group.wait()
    return made.all
  }

  private final class Slots<Element: Sendable>: Sendable {
    private let results: Mutex<[Result<Element, any Error>?]>

    init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

    func set(_ index: Int, _ result: Result<Element, any Error>) {
      results.withLock { $0[index] = result }
    }

    var all: [Result<Element, any Error>] { results.withLock { $0.compactMap { $0 } } }
  }
}
