/// A batch whose hashing and compression are done, so that its commit is short.
public struct PreparedBatch: Sendable {
  var blocks: [PreparedBlock] = []
  var values: [(key: [UInt8], row: [UInt8])] = []
  /// The types of the events, each once.
  var types: [[UInt8]] = []
  /// The values that get numbers, each once, one behind the other.
  var termBytes: [UInt8] = []
  var termValues: [TermValue] = []
  /// The terms of all events.
  var terms: [PreparedTerm] = []
  /// How many events there are.
  public internal(set) var count = 0

  /// About how many bytes the commit will write.
  public var byteCount: Int {
    blocks.reduce(values.reduce(0) { $0 + $1.row.count }) { $0 + $1.payload.count }
      + count * 256
  }
}

/// Events that go into one row, their bytes compressed as one.
struct PreparedBlock: Sendable {
  let dictionaryClass: DictionaryClass
  let seed: [UInt8]
  var events: [PreparedEvent] = []
  /// Attributes and data of every event, one event behind the other.
  var plain: [UInt8] = []
  /// The salts of every event's attributes, as the event of its index.
  var salts: [UInt8] = []
  /// The commitments to every event's data, as the event of its index.
  var commitments: [UInt8] = []
  var dictionary: UInt16 = 0
  var isStored = false
  var payload: [UInt8] = []
}

/// An event that lacks only what the log assigns.
struct PreparedEvent: Sendable {
  /// Where its bytes begin in the block's.
  var start = 0
  /// Where its stream's name ends among its attributes.
  var split = 0
  var attributesLength = 0
  var dataLength = 0
  var timestamp: Int64?
  var identity: IdentityKey?
  var stream: StreamKey
  var expectedVersion: ExpectedVersion
  var cause: EventDraft.Cause?
  /// The place of its type among the batch's.
  var type: Int
  /// Its terms among the batch's, fields ascending.
  var terms: Range<Int>
  /// Whether a projection takes it in.
  var isRead: Bool

  var dataStart: Int { start + attributesLength }
  var end: Int { start + attributesLength + dataLength }
}

/// A value that gets a number, in the batch's bytes.
struct TermValue: Sendable {
  let start: Int
  let count: Int
  /// A keyed hash of the value.
  let hash: UInt64

  /// Where the value stands.
  var range: Range<Int> { start..<start + count }
}

/// A term: a field, and the place of its value among the batch's.
struct PreparedTerm: Sendable {
  let field: UInt8
  /// Where the field's values are nearly unique, what stands for the value.
  let value: UInt32
}

extension PreparedBlock {
  /// The attributes of one of its events.
  func attributes(_ event: PreparedEvent) throws -> EventAttributes {
    try plain.withUnsafeBytes {
      try EventAttributes(
        decoding: UnsafeRawBufferPointer(rebasing: $0[event.start..<event.dataStart])
      )
    }
  }
}
