internal import Foundation
public import Testing

/// Runs the tests of a suite on threads of their own, since they wait for processes and services more than they work.
///
/// Tests otherwise run on as many threads as there are cores, and one that waits keeps a core idle.
public struct WaitingTrait: SuiteTrait, TestScoping {
  private static let threads = WaitingThreads(count: 2)

  /// Runs a suite with its tests; see `TestScoping`.
  public func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(Self.threads) { try await function() }
  }
}

extension Trait where Self == WaitingTrait {
  /// The tests of the suite wait more than they work.
  public static var waiting: WaitingTrait { WaitingTrait() }
}

/// Threads that tests which wait share.
private final class WaitingThreads: TaskExecutor {
  private let queue: OperationQueue

  init(count: Int) {
    queue = OperationQueue()
    queue.maxConcurrentOperationCount = count
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.addOperation { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
