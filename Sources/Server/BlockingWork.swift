internal import Dispatch

/// Does on a thread of its own what may wait for a disk, so that no connection has to.
enum BlockingWork {
  private static let queue = DispatchQueue(
    label: "auditcli blocking work",
    attributes: .concurrent
  )

  /// Does the work.
  ///
  /// - Throws: What the work throws.
  static func run<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { done in
      queue.async { done.resume(with: Swift.Result { try work() }) }
    }
  }
}
