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

  /// One caller's batches, and where their results are put.
  private final class Request: Sendable {
    let batches: [PreparedBatch]
    let signal = DispatchSemaphore(value: 0)
    let results = Mutex<[LogWriter.BatchResult]?>(nil)

    init(_ batches: [PreparedBatch]) {
      self.batches = batches
    }
  }

  /// Has the batches committed, together with others; returns when they are durable.
  @available(*, noasync)
  func append(
    _ batches: [PreparedBatch],
    commit: ([PreparedBatch]) -> [LogWriter.BatchResult]
  ) throws -> [LogWriter.BatchResult] {
    let request = Request(batches)
    let leads = state.withLock { state in
      state.waiting.append(request)
      defer { state.isCommitting = true }
      return !state.isCommitting
    }
    if !leads { request.signal.wait() }
    if let results = request.results.withLock({ $0 }) { return results }
    // Ours are at the front: we were alone, or were chosen to go on.
    let group = takeGroup()
    var results = commit(group.flatMap(\.batches))[...]
    for member in group {
      let own = Array(results.prefix(member.batches.count))
      results = results.dropFirst(own.count)
      member.results.withLock { $0 = own }
    }
    // Those whose results are in come back with more before the next leader has begun: told first,
    // they are in its group.
    for member in group where member !== request { member.signal.signal() }
    passOn()
    guard let own = request.results.withLock({ $0 }) else { throw EventLogError.closed }
    return own
  }

  private func takeGroup() -> [Request] {
    state.withLock { state in
      var count = 0
      var bytes = 0
      let group = state.waiting.prefix { request in
        let isFirst = count == 0
        count += request.batches.reduce(0) { $0 + $1.count }
        bytes += request.batches.reduce(0) { $0 + $1.byteCount }
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
