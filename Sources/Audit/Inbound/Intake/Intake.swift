internal import Crypto
internal import EventStore

/// Turns inbound documents into drafts of events, on one thread.
///
/// Every byte of a document is kept as it came. What has no id is known by the digest of its bytes;
/// what names no origin speaks for the caller's.
final class Intake {
  private let reader = InboundReader()
  private let format: InboundFormat?
  private let origin: [UInt8]?
  private let defaultOrigin: [UInt8]?

  /// Reads documents as the options of an ingest say.
  init(_ options: IngestOptions) {
    format = options.format
    origin = options.origin.map { Array($0.utf8) }
    defaultOrigin = options.defaultOrigin.map { Array($0.utf8) }
  }

  /// The drafts of one part of a file: an event, or a delivery and the events in it.
  ///
  /// - Throws: `JSONReadError` where the part is not JSON.
  func drafts(
    of part: DocumentSplitter.Part,
    in file: UnsafeRawBufferPointer
  ) throws(JSONReadError) -> [EventStore.EventDraft] {
    let events = try reader.read(part, of: file, as: format).get()
    return events.map { event in
      let start = part.range.lowerBound + event.range.lowerBound
      return draft(of: event, Array(file[start..<start + event.range.count]))
    }
  }

  private func draft(of event: InboundEvent, _ data: [UInt8]) -> EventStore.EventDraft {
    let source = origin ?? event.origin.map(Array.init) ?? defaultOrigin ?? Array(event.source)
    var draft = EventStore.EventDraft(
      type: InboundEventType.of(event.format),
      source: source,
      stream: StreamID(bytes: Array("origin-".utf8) + source),
      data: data
    )
    draft.id = event.id.map(Array.init) ?? Self.digest(data)
    draft.subject = event.subject.map(Array.init) ?? []
    draft.actor = event.actor.map(Array.init) ?? []
    draft.timestamp = event.time.milliseconds
    draft.identity = .sourceAndID
    draft.cause = event.parent.map { .earlierInBatch($0) }
    draft.terms = event.terms.map { Term(field: $0.field.rawValue, value: Array($0.value)) }
    return draft
  }

  private static func digest(_ data: [UInt8]) -> [UInt8] {
    var text = Array("sha256:".utf8)
    let digits = Array("0123456789abcdef".utf8)
    for byte in SHA256.hash(data: data) {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }
}
