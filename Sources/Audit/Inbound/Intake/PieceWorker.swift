internal import EventStore

/// What came of a piece of a file, ready to be appended.
struct PieceResult: Sendable {
  var batches: [PreparedBatch] = []
  var rejected: [(file: Int, line: Int, reason: String)] = []
  var filtered = 0
  var withoutOrigin = 0
  var bytes = 0
}

/// Parses, hashes and compresses the documents of pieces; one for each thread.
final class PieceWorker {
  private let reader = InboundReader()
  private let json = JSONReader()
  private let intake: Intake
  private let format: InboundFormat?
  private let log: EventLog
  private var drafts: [EventStore.EventDraft] = []
  private var draftBytes = 0

  /// At most about this many bytes go into one commit.
  private static let batchBytes = 8 << 20
  /// At most this many events go into one commit, unless they came in one delivery.
  private static let batchCount = 1000

  init(_ intake: Intake, format: InboundFormat?, _ log: EventLog) {
    self.intake = intake
    self.format = format
    self.log = log
  }
}

extension PieceWorker {
  /// Makes batches of a piece's documents.
  func process(_ piece: InboundPiece) throws -> PieceResult {
    var result = PieceResult()
    result.bytes = piece.range.count
    drafts = []
    draftBytes = 0
    try piece.forEach { part in
      if let reason = try take(part, of: piece, &result) {
        result.rejected.append((piece.file, part.line, reason))
      }
    }
    try close(&result)
    return result
  }

  /// Adds a document's events to the batch; returns why it has none.
  private func take(
    _ part: DocumentSplitter.Part,
    of piece: InboundPiece,
    _ result: inout PieceResult
  ) throws -> String? {
    if let error = part.error { return error.description }
    let document = UnsafeRawBufferPointer(rebasing: piece.window.bytes[part.range])
    guard document.count <= EventLog.maximumDataSize else {
      return
        "it has \(document.count) bytes, more than the \(EventLog.maximumDataSize) of one event"
    }
    let events: [InboundEvent]
    do throws(JSONReadError) {
      let capacity = piece.window.capacity(from: part.range.lowerBound)
      events = try reader.read(document, capacity: capacity, as: format)
    } catch {
      return error.description
    }
    guard events.count <= EventLog.maximumBatchCount else {
      return "it brings \(events.count) events, more than \(EventLog.maximumBatchCount)"
    }
    let taken = intake.drafts(of: events, in: document, json)
    result.filtered += taken.filtered
    result.withoutOrigin += taken.withoutOrigin
    let isFull =
      drafts.count + taken.drafts.count > Self.batchCount
      || draftBytes + document.count > Self.batchBytes
    if isFull { try close(&result) }
    add(taken.drafts)
    return nil
  }

  private func add(_ taken: [EventStore.EventDraft]) {
    let offset = drafts.count
    for var draft in taken {
      if case .earlierInBatch(let index)? = draft.cause {
        draft.cause = .earlierInBatch(offset + index)
      }
      draftBytes += draft.data.count
      drafts.append(draft)
    }
  }

  private func close(_ result: inout PieceResult) throws {
    guard !drafts.isEmpty else { return }
    result.batches.append(try log.prepare(AppendBatch(drafts)))
    drafts.removeAll(keepingCapacity: true)
    draftBytes = 0
  }
}
