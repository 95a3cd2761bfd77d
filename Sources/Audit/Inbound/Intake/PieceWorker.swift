internal import EventStore
internal import Flows
internal import Values

/// What came of a piece of a file, ready to be appended.
struct PieceResult: Sendable {
  var batches: [PreparedBatch] = []
  var rejected: [(file: Int, line: Int, reason: String)] = []
  var filtered = 0
  var withoutOrigin = 0
  var withDefaultOrigin = 0
  var unreadable = 0
  var timeless = 0
  var withoutOffset = 0
  /// How many documents secrets were covered in, and what these stood under.
  var covered = 0
  var secretNames: Set<Text> = []
  var bytes = 0
}

/// Parses, hashes and compresses the documents of pieces; one for each thread.
final class PieceWorker {
  private let reader = InboundReader()
  private let json = JSONReader()
  private let intake: Intake
  private let format: InboundFormat?
  private let secrets: InboundSecrets?
  private var builder: BatchBuilder
  private var batchBytes = 0

  /// In so few bytes no event is that has more than the log takes.
  private static let certainlyShort = 8 << 10
  /// At most about this many bytes go into one batch.
  private static let batchBytes = 8 << 20
  /// At most this many events go into one batch, unless they came in one delivery.
  private static let batchCount = 2000

  init(_ intake: Intake, format: InboundFormat?, _ log: EventLog, keepsSecrets: Bool) throws {
    secrets = keepsSecrets ? nil : InboundSecrets(log)
    self.intake = intake
    self.format = format
    builder = try log.batchBuilder()
  }
}

extension PieceWorker {
  /// Makes batches of a piece's documents.
  func process(_ piece: InboundPiece) throws -> PieceResult {
    var result = PieceResult()
    result.bytes = piece.range.count
    try piece.forEach { part in
      if let reason = try take(part, of: piece, &result) {
        result.rejected.append((piece.file, part.line, reason))
      }
    }
    close(&result)
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
    guard let covered = secrets?.covered(document, events) else {
      return try take(events, in: document, identity: nil, &result)
    }
    result.covered += 1
    result.secretNames.formUnion(covered.names)
    return try covered.bytes.withUnsafeBytes { document in
      let events: [InboundEvent]
      do throws(JSONReadError) {
        events = try reader.read(document, as: format)
      } catch {
        return error.description
      }
      return try take(events, in: document, identity: covered.identity, &result)
    }
  }

  private func take(
    _ events: [InboundEvent],
    in document: UnsafeRawBufferPointer,
    identity: [UInt8]?,
    _ result: inout PieceResult
  ) throws -> String? {
    guard document.first == UInt8(ascii: "{") else { return "it is JSON, but no object" }
    if let reason = refusal(of: events, in: document) { return reason }
    let isFull =
      builder.count + events.count > Self.batchCount
      || batchBytes + document.count > Self.batchBytes
    if isFull { close(&result) }
    batchBytes += document.count
    let outcome = try intake.forEachDraft(
      of: events,
      in: document,
      from: builder.count,
      identity: identity,
      json
    ) { try builder.add($0) }
    result.filtered += outcome.filtered
    result.withoutOrigin += outcome.withoutOrigin
    result.withDefaultOrigin += outcome.withDefaultOrigin
    for event in events {
      if event.irregularities.contains(.notExtractable) {
        result.unreadable += 1
      } else if event.time.milliseconds == nil {
        result.timeless += 1
      } else if event.time.reading == .assumedUTC {
        result.withoutOffset += 1
      }
    }
    return nil
  }

  /// Why the log would not take one of a document's events.
  ///
  /// Asked before the first is added, so that none of a document is kept where one cannot be.
  private func refusal(of events: [InboundEvent], in document: UnsafeRawBufferPointer) -> String? {
    guard document.count > Self.certainlyShort else { return nil }
    do {
      _ = try intake.forEachDraft(of: events, in: document, json) { try EventLog.check($0) }
      return nil
    } catch EventLogError.invalid(_, let part) {
      return "it has a \(part) of a length that cannot be stored"
    } catch {
      return "\(error)"
    }
  }

  private func close(_ result: inout PieceResult) {
    guard builder.count > 0 else { return }
    result.batches.append(builder.take())
    batchBytes = 0
  }
}
