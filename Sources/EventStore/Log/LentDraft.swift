/// An event whose bytes a caller lends for the length of a call, so that they are copied only once.
public struct LentDraft {
  /// The CloudEvents type.
  public var type: [UInt8]
  /// Who the event speaks for.
  public var source: [UInt8]
  /// The stream it belongs to.
  public var stream: StreamID
  /// The CloudEvents id.
  public var id = UnsafeRawBufferPointer(start: nil, count: 0)
  /// What in the source it is about.
  public var subject = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Who did it.
  public var actor = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The time the event itself claims, as it stands there.
  public var time = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The bytes, exactly as they are to be kept.
  public var data: UnsafeRawBufferPointer
  /// The claimed time in milliseconds since 1970, or nil where it does not read as one.
  public var timestamp: Int64?
  /// The event that caused it.
  public var cause: EventDraft.Cause?
  /// What ties it to other events across streams.
  public var correlation: [UInt8] = []
  /// What the ranges of `terms` are in.
  public var termBytes = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The fields and values it is indexed by, without its type, in any order.
  public var terms: [LentTerm] = []

  /// Makes a draft that is told from its repetitions by source and id; the rest is set by assignment.
  public init(
    type: [UInt8],
    source: [UInt8],
    stream: StreamID,
    data: UnsafeRawBufferPointer
  ) {
    self.type = type
    self.source = source
    self.stream = stream
    self.data = data
  }
}

extension EventDraft {
  /// Copies what a caller lends.
  public init(copying lent: borrowing LentDraft) {
    self.init(type: "", source: lent.source, stream: lent.stream, data: Array(lent.data))
    type = lent.type
    id = Array(lent.id)
    subject = Array(lent.subject)
    actor = Array(lent.actor)
    time = Array(lent.time)
    timestamp = lent.timestamp
    identity = .sourceAndID
    cause = lent.cause
    correlation = lent.correlation
    terms = lent.terms.map { term in
      Term(field: term.field, value: Array(lent.termBytes[term.range]))
    }
  }
}
