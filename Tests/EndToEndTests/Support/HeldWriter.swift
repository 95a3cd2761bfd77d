import Audit
import EventStore
import Foundation
import TestSupport
import Testing

/// Holds up whoever would append, also of other processes.
final class HeldWriter: Sendable {
  private let (reached, opened) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
  private let ended = DispatchSemaphore(value: 0)

  /// Holds a store's writer up from here on.
  init(_ store: ProgramStore) throws {
    var options = deterministicOptions(projections: AuditViews.all)
    let clock = options.clock
    // It is read by the thread that has the writer's lock.
    options.clock = { [reached, opened] in
      reached.signal()
      opened.wait()
      return clock()
    }
    let log = try EventLog(at: store.path, options: options)
    let thread = Thread { [ended] in
      let own = EventDraft(
        type: "test.held",
        source: Array("test".utf8),
        stream: StreamID("test"),
        data: Array("{}".utf8)
      )
      do {
        try log.append(AppendBatch([own]))
      } catch { Issue.record(error) }
      ended.signal()
    }
    thread.start()
    reached.wait()
  }

  /// Lets them go on.
  func open() {
    opened.signal()
    ended.wait()
  }
}
