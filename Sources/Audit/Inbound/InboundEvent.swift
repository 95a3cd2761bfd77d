internal import EventStore

/// One event of an inbound document: what the log needs to know of it beside its bytes.
///
/// Everything is taken as the payload says it. A `type` in particular is the sender's word: it
/// can read like one of the log's own types and never makes the event one.
public struct InboundEvent: Sendable {
  /// What the event is written as; `oktaSystemLog` also inside a hook delivery.
  public let format: InboundFormat
  /// Where the event's bytes stand in the document.
  public let range: Range<Int>
  /// The index, among the document's events, of the delivery that this event came in.
  public let parent: Int?
  /// When the event says it happened.
  public let time: EventTime
  /// What is unusual about it.
  public let irregularities: Irregularities

  let fields: Fields
  let buffer: TermBuffer

  /// Ranges of the buffer's bytes.
  struct Fields {
    var id: Range<Int>?
    var type: Range<Int>?
    var source: Range<Int>?
    var origin: Range<Int>?
    var subject: Range<Int>?
    var actor: Range<Int>?
    var time: Range<Int>?
  }
}

extension InboundEvent {
  /// Things that a sender does and the log keeps, each worth a mention.
  public struct Irregularities: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt16

    /// Creates a set from its bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Its fields cannot be read; only its bytes are known.
    public static let notExtractable = Irregularities(rawValue: 1)
    /// It has no id of its own.
    public static let noID = Irregularities(rawValue: 2)
    /// Its time has no offset, and was taken as UTC.
    public static let timeAssumedUTC = Irregularities(rawValue: 4)
    /// Its time is no date and time.
    public static let timeUnreadable = Irregularities(rawValue: 8)
    /// Its source is no URL with a host, so it names no origin.
    public static let sourceWithoutHost = Irregularities(rawValue: 16)
    /// Its `debugContext.debugData` is not an object.
    public static let debugDataNotObject = Irregularities(rawValue: 32)
    /// It was wrapped in a recorded request; its bytes are those of the request's body.
    public static let unwrapped = Irregularities(rawValue: 64)
    /// It is not what the format it was given as looks like.
    public static let unlikeFormat = Irregularities(rawValue: 128)
  }
}

extension InboundEvent {
  /// The event's own id, or nil: its identity is then the digest of its bytes.
  public var id: ArraySlice<UInt8>? { fields.id.map { buffer.bytes[$0] } }

  /// What happened, in the sender's words.
  public var type: ArraySlice<UInt8> { fields.type.map { buffer.bytes[$0] } ?? [] }

  /// What sent it: the payload's own source, or the name of the format.
  public var source: ArraySlice<UInt8> { fields.source.map { buffer.bytes[$0] } ?? [] }

  /// Who it speaks for, or nil: the caller's default.
  public var origin: ArraySlice<UInt8>? { fields.origin.map { buffer.bytes[$0] } }

  /// What it is about.
  public var subject: ArraySlice<UInt8>? { fields.subject.map { buffer.bytes[$0] } }

  /// Who did it: a login or mail where there is one, else an id.
  public var actor: ArraySlice<UInt8>? { fields.actor.map { buffer.bytes[$0] } }

  /// When it says that it happened, as it stands there.
  public var timeText: ArraySlice<UInt8>? { fields.time.map { buffer.bytes[$0] } }

  /// The event's index terms; no term occurs twice.
  public var terms: Terms { Terms(buffer: buffer) }

  /// The index terms of an event.
  public struct Terms: RandomAccessCollection, Sendable {
    let buffer: TermBuffer

    /// The first index.
    public var startIndex: Int { 0 }
    /// The index behind the last.
    public var endIndex: Int { buffer.entries.count }

    /// A field and its value, folded as filters compare it.
    public subscript(position: Int) -> (field: IndexedField, value: ArraySlice<UInt8>) {
      let entry = buffer.entries[position]
      guard let field = IndexedField(rawValue: entry.field) else {
        preconditionFailure("a term has the number of a field that was never given one")
      }
      return (field, buffer.bytes[entry.range])
    }
  }
}
