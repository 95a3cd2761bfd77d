/// The text attributes of an event, in the order in which the leaf commits to them.
public struct EventAttributes: Hashable, Sendable {
  /// The CloudEvents id; empty for events known by stream and version.
  public let id: [UInt8]
  /// Who the event speaks for.
  public let source: [UInt8]
  /// What in the source it is about.
  public let subject: [UInt8]
  /// Who did it.
  public let actor: [UInt8]
  /// The time it claims, as it stood there.
  public let time: [UInt8]
  /// The stream it belongs to.
  public let stream: StreamID
  /// What ties it to other events.
  public let correlation: [UInt8]
  /// The media type of the data.
  public let dataContentType: [UInt8]
}

extension EventAttributes {
  /// The attributes of an event whose own were deleted: all empty.
  static let none = EventAttributes(
    EventDraft(type: "", source: [], stream: StreamID(bytes: []), data: []),
    dataContentType: []
  )

  private init(_ draft: EventDraft, dataContentType: [UInt8]) {
    var draft = draft
    draft.dataContentType = dataContentType
    self.init(draft)
  }

  init(_ draft: EventDraft) {
    id = draft.id
    source = draft.source
    subject = draft.subject
    actor = draft.actor
    time = draft.time
    stream = draft.stream
    correlation = draft.correlation
    dataContentType = draft.dataContentType
  }

  /// Where the stream's name ends among the encoded attributes.
  var split: Int {
    id.count + source.count + subject.count + actor.count + time.count + stream.bytes.count
      + 6 * MemoryLayout<UInt32>.size
  }

  /// Every attribute with its length before it.
  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 320)
    encode(into: &writer)
    return writer.bytes
  }

  /// Appends every attribute with its length before it.
  func encode(into writer: inout ByteWriter) {
    writer.prefixed(id)
    writer.prefixed(source)
    writer.prefixed(subject)
    writer.prefixed(actor)
    writer.prefixed(time)
    writer.prefixed(stream.bytes)
    writer.prefixed(correlation)
    writer.prefixed(dataContentType)
  }

  init(decoding bytes: UnsafeRawBufferPointer) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    id = Array(try reader.prefixed())
    source = Array(try reader.prefixed())
    subject = Array(try reader.prefixed())
    actor = Array(try reader.prefixed())
    time = Array(try reader.prefixed())
    stream = StreamID(bytes: Array(try reader.prefixed()))
    correlation = Array(try reader.prefixed())
    dataContentType = Array(try reader.prefixed())
    guard reader.isAtEnd else { throw ByteReader.Malformed() }
  }
}
