internal import Foundation
internal import Synchronization

/// Work on many items by all cores, whose results come in the order of the items.
///
/// A window of items is worked on while the results of the one before are taken, so that what is held does
/// not grow with their number.
enum OrderedWork {
  /// How many items of a window each thread has: few where they take long, so that results come soon,
  /// and many where they do not, since threads are begun for each window.
  private static let shares = 6...192
  /// Recursion over deep values wants more than the usual stack of a thread.
  private static let stackSize = 16 << 20

  /// How many threads work where nobody says otherwise: one for each core.
  static var cores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// Works on each item and hands over the results in order, whatever the number of threads.
  ///
  /// - Throws: What `work` throws for the first of the items that it throws for, once the results
  ///   before it are taken; what `take` throws.
  static func forEach<Item: Sendable, Output: Sendable>(
    _ items: [Item],
    threads: Int = cores,
    _ work: @escaping @Sendable (Item) throws -> Output,
    _ take: (Output) throws -> Void
  ) throws {
    guard threads > 1, items.count > 2 else {
      for item in items { try take(work(item)) }
      return
    }
    var rest = items[...]
    var share = shares.lowerBound
    var running: Window<Output>?
    // Nothing goes on behind the caller's back, whatever is thrown.
    defer { _ = running?.results() }
    while running != nil || !rest.isEmpty {
      let next = rest.prefix(threads * share)
      rest = rest.dropFirst(next.count)
      let ended = running
      running = next.isEmpty ? nil : begin(Array(next), threads, work)
      for result in ended?.results() ?? [] { try take(result.get()) }
      if let ended { share = adapted(share, to: ended.age) }
    }
  }

  /// The share of the next window, after one that took so long.
  private static func adapted(_ share: Int, to nanoseconds: UInt64) -> Int {
    switch nanoseconds {
    case ..<100_000_000: min(shares.upperBound, share * 2)
    case 1_000_000_000...: max(shares.lowerBound, share / 2)
    default: share
    }
  }

  /// Items that are worked on.
  private struct Window<Output: Sendable> {
    let parts: Parts<Output>
    let group: DispatchGroup
    private let started = DispatchTime.now().uptimeNanoseconds

    init(_ parts: Parts<Output>, _ group: DispatchGroup) {
      (self.parts, self.group) = (parts, group)
    }

    /// How many nanoseconds ago it was begun.
    var age: UInt64 { DispatchTime.now().uptimeNanoseconds - started }

    /// What came of the items, in their order; waits for all of them.
    func results() -> [Result<Output, any Error>] {
      group.wait()
      return parts.all
    }
  }

  private static func begin<Item: Sendable, Output: Sendable>(
    _ items: [Item],
    _ threads: Int,
    _ work: @escaping @Sendable (Item) throws -> Output
  ) -> Window<Output> {
    let window = Window(Parts<Output>(threads), DispatchGroup())
    let length = (items.count + threads - 1) / threads
    for part in 0..<threads {
      let (parts, group) = (window.parts, window.group)
      group.enter()
      // A thread lets go of what it was made with some time after its end, and nobody waits for that;
      // so it is handed its work in a box, which it empties.
      let box = Box {
        let own = items.dropFirst(part * length).prefix(length)
        parts.put(own.map { item in Result { try work(item) } }, at: part)
      }
      let thread = Thread {
        box.doWork()
        group.leave()
      }
      thread.stackSize = stackSize
      thread.start()
    }
    return window
  }

  /// Work that is done once and forgotten.
  private final class Box: Sendable {
    private let work: Mutex<(@Sendable () -> Void)?>

    init(_ work: @escaping @Sendable () -> Void) {
      self.work = Mutex(work)
    }

    func doWork() {
      let work = work.withLock { $0.take() }
      work?()
    }
  }

  /// What each thread has made.
  private final class Parts<Output: Sendable>: Sendable {
    private let parts: Mutex<[[Result<Output, any Error>]]>

    init(_ count: Int) {
      parts = Mutex(Array(repeating: [], count: count))
    }

    func put(_ made: [Result<Output, any Error>], at part: Int) {
      parts.withLock { $0[part] = made }
    }

    var all: [Result<Output, any Error>] { parts.withLock { $0.flatMap { $0 } } }
  }
}
