/// An event as a caller hands it in, before it has a position.
public struct EventDraft: Sendable {
  /// How the event is told from its repetitions.
  public enum Identity: Hashable, Sendable {
    /// By source and id: the same bytes again are a duplicate, other bytes a conflict.
    case sourceAndID
    /// By stream and version alone; for events that the program itself makes.
    case streamVersion
  }

  /// What the event's cause is.
  public enum Cause: Hashable, Sendable {
    /// An event that is in the log already.
    case position(Position)
    /// An earlier event of the same batch, by its index there.
    case earlierInBatch(Int)
  }

  /// The CloudEvents type.
  public var type: [UInt8]
  /// The CloudEvents id; empty for events known by stream and version.
  public var id: [UInt8] = []
  /// Who the event speaks for.
  public var source: [UInt8]
  /// What in the source it is about.
  public var subject: [UInt8] = []
  /// Who did it.
  public var actor: [UInt8] = []
  /// The time the event itself claims, as it stands there.
  public var time: [UInt8] = []
  /// The claimed time in milliseconds since 1970, or nil where it does not read as one.
  public var timestamp: Int64?
  /// The stream it belongs to.
  public var stream: StreamID
  /// What the stream must hold for the batch to be appended.
  public var expectedVersion = ExpectedVersion.any
  /// What ties it to other events across streams.
  public var correlation: [UInt8] = []
  /// The media type of `data`.
  public var dataContentType = Self.json
  /// The bytes, exactly as they are to be kept.
  public var data: [UInt8]
  /// How repetitions are recognised.
  public var identity = Identity.streamVersion
  /// The event that caused it.
  public var cause: Cause?
  /// The values it is indexed by, without its type.
  public var terms: [Term] = []
  /// Which dictionary its bytes compress best with.
  public var dictionaryClass = DictionaryClass.inbound

  static let json = Array("application/json".utf8)

  /// Makes a draft; the rest is set by assignment.
  public init(type: String, source: [UInt8], stream: StreamID, data: [UInt8]) {
    self.type = Array(type.utf8)
    self.source = source
    self.stream = stream
    self.data = data
  }
}
