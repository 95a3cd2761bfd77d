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
