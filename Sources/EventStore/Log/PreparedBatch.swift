/// A batch whose hashing and compression are done, so that its commit is short.
public struct PreparedBatch: Sendable {
  var blocks: [PreparedBlock] = []
  var values: [(key: [UInt8], row: [UInt8])] = []
  /// The values of all terms, one behind the other.
  var termBytes: [UInt8] = []
  var terms: [PreparedTerm] = []
  /// How many events there are.
  public internal(set) var count = 0

  /// About how many bytes the commit will write.
  var byteCount: Int {
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
  var attributesLength = 0
  var dataLength = 0
  var timestamp: Int64?
  var identity: IdentityKey?
  var stream: StreamKey
  var expectedVersion: ExpectedVersion
  var cause: EventDraft.Cause?
  /// Its type and its terms, fields ascending, in the batch's.
  var type: PreparedTerm
  var terms: Range<Int>
  /// Whether a projection takes it in.
  var isRead: Bool

  var dataStart: Int { start + attributesLength }
  var end: Int { start + attributesLength + dataLength }
}

/// A term, its value in the batch's bytes.
struct PreparedTerm: Sendable {
  let field: UInt8
  let start: Int
  let count: Int
  /// A keyed hash of the value and, where the field's values are nearly unique, the field.
  let hash: UInt64
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
