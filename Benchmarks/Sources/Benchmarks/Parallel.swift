internal import Foundation

/// Work on threads of its own.
enum Parallel {
  /// Runs `body` on that many threads and waits for all; what one throws ends that thread alone.
  static func run(_ threads: Int, _ body: @escaping @Sendable (_ worker: Int) throws -> Void) {
    let group = DispatchGroup()
    for worker in 0..<threads {
      group.enter()
      let thread = Thread {
        do {
          try body(worker)
        } catch {
          FileHandle.standardError.write(Data("\(error)\n".utf8))
        }
        group.leave()
      }
      thread.stackSize = 4 << 20
      thread.start()
    }
    group.wait()
  }
}
