import Foundation

/// Threads of one body, begun together, which a test waits for.
final class Threads: Sendable {
  private let finished = DispatchGroup()

  init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    for index in 0..<count {
      finished.enter()
      let finished = finished
      Thread {
        body(index)
        finished.leave()
      }.start()
    }
  }

  func join() { finished.wait() }
}
