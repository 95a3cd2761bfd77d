import Synchronization

/// The address of a server that is not known before it runs.
final class Port: Sendable {
  private let address = Mutex("")
  var url: String { address.withLock { $0 } }
  func set(_ url: String) { address.withLock { $0 = url } }
}

/// Counts calls from any thread.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
