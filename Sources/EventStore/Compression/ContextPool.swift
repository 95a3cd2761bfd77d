internal import Synchronization

/// Contexts of zstd that threads borrow, so that none is made for each piece of work.
final class ContextPool<Context>: Sendable {
  private let idle = Mutex<[Loan]>([])
  private let make: @Sendable () throws -> Context

  /// A context on its way between threads, used by one of them at a time.
  private struct Loan: @unchecked Sendable {
    let context: Context
  }

  init(_ make: @escaping @Sendable () throws -> Context) {
    self.make = make
  }

  func take() throws -> Context {
    if let idle = idle.withLock({ $0.popLast() }) { return idle.context }
    return try make()
  }

  func giveBack(_ context: Context) {
    let loan = Loan(context: context)
    idle.withLock { $0.append(loan) }
  }

  /// Lends a context for the length of `body`.
  func lend<Result>(_ body: (Context) throws -> Result) throws -> Result {
    let context = try take()
    defer { giveBack(context) }
    return try body(context)
  }
}
