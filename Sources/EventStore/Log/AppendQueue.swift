internal import Dispatch
internal import Synchronization

/// Batches of many threads on their way into common commits.
///
/// Whoever finds nobody committing commits, for all that wait by then; the others wait. There is no
/// timer: the next group gathers while the one before is being synced.
final class AppendQueue: Sendable {
  /// At most this many events go into one commit.
  static let maximumCount = 1000
  /// At most about this many bytes go into one commit.
  static let maximumBytes = 8 << 20

  private struct State {
    var waiting: [Request] = []
    var isCommitting = false
  }

  private let state = Mutex(State())

  /// One caller's batch, and where its result is put.
  private final class Request: Sendable {
    let batch: PreparedBatch
    let signal = DispatchSemaphore(value: 0)
    let result = Mutex<LogWriter.BatchResult?>(nil)

    init(_ batch: PreparedBatch) {
      self.batch = batch
    }
  }

  /// Has the batch committed, together with others; returns when it is durable.
  @available(*, noasync)
  func append(
    _ batch: PreparedBatch,
    commit: ([PreparedBatch]) -> [LogWriter.BatchResult]
  ) throws -> [AppendOutcome] {
    let request = Request(batch)
    let leads = state.withLock { state in
      state.waiting.append(request)
      defer { state.isCommitting = true }
      return !state.isCommitting
    }
    if !leads { request.signal.wait() }
    if let result = request.result.withLock({ $0 }) { return try result.get() }
    // Ours is at the front: we were alone, or were chosen to go on.
    let group = takeGroup()
    let results = commit(group.map(\.batch))
    for (member, result) in zip(group, results) { member.result.withLock { $0 = result } }
    // Those whose results are in come back with more before the next leader has begun: told first,
    // they are in its group.
    for member in group where member !== request { member.signal.signal() }
    passOn()
    guard let own = request.result.withLock({ $0 }) else { throw EventLogError.closed }
    return try own.get()
  }

  private func takeGroup() -> [Request] {
    state.withLock { state in
      var count = 0
      var bytes = 0
      let group = state.waiting.prefix { request in
        let isFirst = count == 0
        count += request.batch.count
        bytes += request.batch.byteCount
        return isFirst || (count <= Self.maximumCount && bytes <= Self.maximumBytes)
      }
      state.waiting.removeFirst(group.count)
      return Array(group)
    }
  }

  private func passOn() {
    let next = state.withLock { state in
      if state.waiting.isEmpty { state.isCommitting = false }
      return state.waiting.first
    }
    next?.signal.signal()
  }
}
