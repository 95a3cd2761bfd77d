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

  init() {}

  /// An empty batch with room for about as much as another has.
  init(like other: PreparedBatch) {
    termBytes.reserveCapacity(other.termBytes.count)
    termValues.reserveCapacity(other.termValues.count)
    terms.reserveCapacity(other.terms.count)
  }

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
  /// The attributes of every event, one event's behind the other's.
  var attributes: [UInt8] = []
  /// The data of the events that a projection takes in, likewise.
  var read: [UInt8] = []
  /// The salts of every event's attributes, as the event of its index.
  var salts: [UInt8] = []
  /// The commitments to every event's data, as the event of its index.
  var commitments: [UInt8] = []
  /// How many bytes attributes and data of all events have.
  var size = 0
  var dictionary: UInt16 = 0
  var isStored = false
  /// Attributes and data of every event, one event behind the other, compressed or as they are.
  var payload: [UInt8] = []
}

/// An event that lacks only what the log assigns.
struct PreparedEvent: Sendable {
  /// Where its bytes begin among those the payload stands for.
  var start = 0
  /// Where its attributes begin among those of the block.
  var attributesStart = 0
  /// Where its data begins among those that projections take in; nil where none does.
  var readStart: Int?
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

  var dataStart: Int { start + attributesLength }
  var end: Int { start + attributesLength + dataLength }
  /// Where its attributes stand among those of the block.
  var attributes: Range<Int> { attributesStart..<attributesStart + attributesLength }
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
  /// Makes room for about as much as another block has.
  mutating func reserve(like other: PreparedBlock) {
    events.reserveCapacity(other.events.count)
    attributes.reserveCapacity(other.attributes.count)
    salts.reserveCapacity(other.salts.count)
    commitments.reserveCapacity(other.commitments.count)
  }

  /// The attributes of one of its events.
  func attributes(_ event: PreparedEvent) throws -> EventAttributes {
    try attributes.withUnsafeBytes {
      try EventAttributes(decoding: UnsafeRawBufferPointer(rebasing: $0[event.attributes]))
    }
  }

  /// Attributes and data of every event, one event behind the other.
  func plain(_ decompressor: Decompressor, _ dictionaries: DictionaryShelf) throws -> [UInt8] {
    guard !isStored else { return payload }
    let dictionary = dictionaries.dictionary(dictionary)
    return try payload.withUnsafeBytes { payload in
      Array(try decompressor.decompress(payload, size: size, with: dictionary))
    }
  }

  /// Makes the payload of attributes and data.
  mutating func compress(_ plain: borrowing BlockText, _ compressor: Compressor) {
    let compressed = compressor.compress(plain)
    isStored = compressed == nil
    payload = compressed ?? Array(plain.bytes)
    dictionary = isStored ? 0 : plain.dictionary?.number ?? 0
    size = plain.count
  }
}
