internal import Foundation
internal import Synchronization

/// Work on threads of its own.
enum Parallel {
  /// What the threads run, let go of when all have: a thread outlives its work.
  private final class Work: Sendable {
    private let body: Mutex<(@Sendable (Int) throws -> Void)?>
    private let failures = Mutex<[any Error]>([])

    init(_ body: @escaping @Sendable (Int) throws -> Void) {
      self.body = Mutex(body)
    }

    func run(_ worker: Int) throws { try body.withLock { $0 }?(worker) }

    func failed(with error: any Error) { failures.withLock { $0.append(error) } }

    var failure: (any Error)? { failures.withLock { $0.first } }

    func letGo() { body.withLock { $0 = nil } }
  }

  /// Runs `body` on that many threads and waits for all.
  ///
  /// - Throws: What one of them throws; the others go on to their end.
  static func run(
    _ threads: Int,
    _ body: @escaping @Sendable (_ worker: Int) throws -> Void
  ) throws {
    let group = DispatchGroup()
    let work = Work(body)
    for worker in 0..<threads {
      group.enter()
      let thread = Thread {
        do {
          try work.run(worker)
        } catch {
          work.failed(with: error)
        }
        group.leave()
      }
      thread.stackSize = 4 << 20
      thread.start()
    }
    group.wait()
    work.letGo()
    if let error = work.failure { throw error }
  }
}
