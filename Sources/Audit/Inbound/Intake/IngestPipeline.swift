internal import Dispatch
internal import EventStore
internal import Synchronization

/// Chunks of a file on their way from bytes to prepared batches, a few at a time, in order.
final class IngestPipeline {
  /// A chunk that is ready to be committed.
  struct Ready: Sendable {
    var batches: [PreparedBatch] = []
    var rejections: [(line: Int, error: JSONReadError)] = []
    var filtered = 0
    var end = 0
  }

  private final class Slot: Sendable {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Ready, any Error>?>(nil)
  }

  /// A file's bytes on their way to another thread; the pipeline is emptied before they end.
  private struct Loan: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
  }

  private let log: EventLog
  private let options: IngestOptions
  private let file: Loan
  private let queue = DispatchQueue(label: "ingest", attributes: .concurrent)
  private var slots: [Slot] = []

  /// How many chunks are worked on ahead of the commit.
  private static let depth = 4

  init(log: EventLog, options: IngestOptions, file: UnsafeRawBufferPointer) {
    self.log = log
    self.options = options
    self.file = Loan(bytes: file)
  }

  deinit { for slot in slots { slot.done.wait() } }

  var hasRoom: Bool { slots.count < Self.depth }

  /// Starts on the next chunk.
  func begin(_ parts: [DocumentSplitter.Part]) {
    let slot = Slot()
    slots.append(slot)
    let (log, options, file) = (log, options, file)
    queue.async {
      let result = Result { try Self.ready(parts, file, log, options) }
      slot.result.withLock { $0 = result }
      slot.done.signal()
    }
  }

  /// Waits for the oldest chunk; nil where none is under way.
  func finishFirst() throws -> Ready? {
    guard !slots.isEmpty else { return nil }
    let slot = slots.removeFirst()
    slot.done.wait()
    return try slot.result.withLock { $0 }?.get()
  }

  private static func ready(
    _ parts: [DocumentSplitter.Part],
    _ file: Loan,
    _ log: EventLog,
    _ options: IngestOptions
  ) throws -> Ready {
    let intake = Intake(options)
    var ready = Ready()
    var events: [EventStore.EventDraft] = []
    for part in parts {
      ready.end = part.range.upperBound
      do throws(JSONReadError) {
        var drafts = try intake.drafts(of: part, in: file.bytes)
        if let admits = options.admits { ready.filtered += filter(&drafts, admits) }
        events += Self.relinked(drafts, behind: events.count)
      } catch {
        ready.rejections.append((part.line, error))
      }
      // A delivery and its events stay in one batch, which their links need.
      if events.count >= chunkCount {
        ready.batches.append(try log.prepare(AppendBatch(events)))
        events.removeAll(keepingCapacity: true)
      }
    }
    if !events.isEmpty { ready.batches.append(try log.prepare(AppendBatch(events))) }
    return ready
  }

  private static let chunkCount = 500

  /// The drafts with their links counted from the start of the batch.
  private static func relinked(
    _ drafts: [EventStore.EventDraft],
    behind count: Int
  ) -> [EventStore.EventDraft] {
    drafts.map { draft in
      guard case .earlierInBatch(let index)? = draft.cause else { return draft }
      var draft = draft
      draft.cause = .earlierInBatch(index + count)
      return draft
    }
  }

  /// Leaves out the log events that are not let through, and a delivery none of whose are.
  private static func filter(
    _ drafts: inout [EventStore.EventDraft],
    _ admits: ([UInt8]) -> Bool
  ) -> Int {
    let before = drafts.count
    guard before > 1 else {
      drafts.removeAll { !admits($0.data) }
      return before - drafts.count
    }
    let kept = drafts.dropFirst().filter { admits($0.data) }
    drafts = kept.isEmpty ? [] : [drafts[0]] + kept
    return kept.isEmpty ? before - 1 : before - drafts.count
  }
}
