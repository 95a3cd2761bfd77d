/// An event as it stands in the log.
public struct Event: Sendable {
  /// Its place in the log.
  public let position: Position
  /// When it was appended, in milliseconds since 1970; never less than the event before.
  public let recordedTime: Int64
  /// The time it claims, in milliseconds since 1970, or nil where that did not read as one.
  public let timestamp: Int64?
  /// The CloudEvents type.
  public let type: String
  /// Its number in its stream, from 0.
  public let version: UInt32
  /// The event that caused it.
  public let cause: Position?
  /// The first event with the same id, where this one's bytes differ from it.
  public let conflictsWith: Position?
  /// The attributes that are texts.
  public let attributes: EventAttributes
  /// The bytes, exactly as they were handed in.
  public let data: [UInt8]
  /// Whether its attributes or its data were deleted; they are empty then, and the leaf still holds.
  public let isRedacted: Bool
}

extension Event {
  /// Makes an event that is kept outside a log, with what reading it back needs of its attributes.
  ///
  /// - Parameters:
  ///   - position: Its place in the log.
  ///   - recordedTime: When it was appended, in milliseconds since 1970.
  ///   - type: The CloudEvents type.
  ///   - stream: The stream it belongs to.
  ///   - correlation: What ties it to other events.
  ///   - cause: The event that caused it.
  ///   - data: The bytes; nil for an event that was redacted.
  public init(
    position: Position,
    recordedTime: Int64,
    type: String,
    stream: StreamID,
    correlation: [UInt8] = [],
    cause: Position? = nil,
    data: [UInt8]?
  ) {
    var draft = EventDraft(type: type, source: [], stream: stream, data: [])
    draft.correlation = correlation
    self.init(
      position: position,
      recordedTime: recordedTime,
      timestamp: nil,
      type: type,
      version: 0,
      cause: cause,
      conflictsWith: nil,
      attributes: EventAttributes(draft),
      data: data ?? [],
      isRedacted: data == nil
    )
  }

  init(
    position: Position,
    _ header: EventHeader,
    _ attributes: EventAttributes,
    data: [UInt8],
    type: [UInt8]
  ) {
    self.init(
      position: position,
      recordedTime: header.recordedTime,
      timestamp: header.timestamp,
      type: String(decoding: type, as: UTF8.self),
      version: header.version,
      cause: header.cause == LeafCommitment.noLink ? nil : Position(header.cause),
      conflictsWith: header.conflict == LeafCommitment.noLink ? nil : Position(header.conflict),
      attributes: attributes,
      data: data,
      isRedacted: header.isRedacted
    )
  }

  /// The type of an event whose id was there before with other bytes.
  public static let conflictingType = "event.conflicting"
  static let conflictingTypeBytes = Array(conflictingType.utf8)
}
