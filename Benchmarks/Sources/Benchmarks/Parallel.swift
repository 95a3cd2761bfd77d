internal import Foundation
internal import Synchronization

/// Work on threads of its own.
enum Parallel {
  /// What the threads run, let go of when all have: a thread outlives its work.
  private final class Work: Sendable {
    private let body: Mutex<(@Sendable (Int) throws -> Void)?>

    init(_ body: @escaping @Sendable (Int) throws -> Void) {
      self.body = Mutex(body)
    }

    func run(_ worker: Int) throws { try body.withLock { $0 }?(worker) }

    func letGo() { body.withLock { $0 = nil } }
  }

  /// Runs `body` on that many threads and waits for all; what one throws ends that thread alone.
  static func run(_ threads: Int, _ body: @escaping @Sendable (_ worker: Int) throws -> Void) {
    let group = DispatchGroup()
    let work = Work(body)
    for worker in 0..<threads {
      group.enter()
      let thread = Thread {
        do {
          try work.run(worker)
        } catch {
          FileHandle.standardError.write(Data("\(error)\n".utf8))
        }
        group.leave()
      }
      thread.stackSize = 4 << 20
      thread.start()
    }
    group.wait()
    work.letGo()
  }
}
