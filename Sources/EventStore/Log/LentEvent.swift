/// An event as a scan lends it: what its header says at no cost, its bytes on request.
///
/// Valid only inside the closure it is lent to.
public struct LentEvent {
  let stored: StoredEvent
  /// The CloudEvents type.
  public let type: [UInt8]

  /// Its place in the log.
  public var position: Position { Position(stored.position) }

  /// The time it claims, in milliseconds since 1970, or nil where that did not read as one.
  public var timestamp: Int64? { stored.header.timestamp }

  /// When it was appended, in milliseconds since 1970.
  public var recordedTime: Int64 { stored.header.recordedTime }

  /// Whether its attributes or its data were deleted.
  public var isRedacted: Bool { stored.header.isRedacted }

  /// The bytes as they were handed in; 64 more behind them may be read.
  ///
  /// - Throws: `EventLogError.corrupted` where they do not decode.
  public func data() throws -> UnsafeRawBufferPointer { try stored.data() }

  /// How many bytes may be read from the start of `data()`.
  public static let padding = Decompressor.padding

  /// The whole event, copied.
  ///
  /// - Throws: `EventLogError.corrupted` where it does not decode.
  public func copy() throws -> Event { try stored.event(type: type) }
}
