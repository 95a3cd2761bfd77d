/// The keys of every table, as bytes whose order is the order meant.
enum Keys {
  /// `events`: the position of a block's first event; the rows a block goes on in have the number of the row behind it.
  static func event(_ position: UInt64) -> [UInt8] { ordered(position) }

  /// `events`: behind every row that a block which begins at the position can go on in.
  static func event(behind position: UInt64) -> [UInt8] {
    var writer = ByteWriter(capacity: 11)
    writer.ordered(position)
    for _ in 0..<3 { writer.byte(0xff) }
    return writer.bytes
  }

  /// The position that a key of `events` begins with.
  static func position(_ key: UnsafeRawBufferPointer) -> UInt64 {
    key.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// `ids`: what an entry would have as its key, were it the first of a further row.
  static func identity(_ entry: IdentityEntry, in bucket: UInt32, into writer: inout ByteWriter) {
    writer.wide(UInt64(bucket), identityBucketLength)
    writer.wide(entry.hash, identityHashEnd - identityBucketLength)
    writer.wide(entry.position, identityLength - identityHashEnd)
  }

  /// `ids`: a further row of a bucket, from an entry on.
  static func identity(_ first: IdentityEntry, in bucket: some Sequence<UInt8>) -> [UInt8] {
    var writer = ByteWriter(capacity: identityLength)
    writer.bytes.append(contentsOf: bucket)
    writer.wide(first.hash, identityHashEnd - identityBucketLength)
    writer.wide(first.position, identityLength - identityHashEnd)
    return writer.bytes
  }

  /// `ids`: the entry that a further row begins with, behind the bucket in its key.
  static func identityBound(_ key: inout ByteReader) throws(ByteReader.Malformed) -> IdentityEntry {
    let hash = try key.wide(identityHashEnd - identityBucketLength)
    return IdentityEntry(hash: hash, position: try key.wide(identityLength - identityHashEnd))
  }

  /// `ids`: the length of the key of a bucket's first row.
  static let identityBucketLength = 3
  /// `ids`: where the hash ends in the key of a further row.
  static let identityHashEnd = 8
  /// `ids`: the length of the key of a further row.
  static let identityLength = 13

  /// `recent`: the position of the first event of a commit that has an id.
  static func recent(_ position: UInt64) -> [UInt8] { ordered(position) }

  /// `recent`: the length of a key.
  static let recentLength = 8

  /// `streams`: hash of the name and the version of the row's first event.
  static func stream(_ stream: StreamKey, version: UInt32) -> [UInt8] {
    var writer = ByteWriter(capacity: 20)
    writer.ordered(stream.high)
    writer.ordered(stream.low)
    writer.ordered(version)
    return writer.bytes
  }

  /// `terms`: a value; one over 400 bytes is cut and ends in the first half of its hash.
  static func term(_ value: [UInt8]) -> [UInt8] {
    var key: [UInt8] = []
    value.withUnsafeBytes { append(term: $0, to: &key) }
    return key
  }

  /// `terms`: appends the key of a value.
  static func append(term value: UnsafeRawBufferPointer, to key: inout [UInt8]) {
    let limit = 400
    key.append(1)
    key.append(lent: UnsafeRawBufferPointer(rebasing: value.prefix(limit)))
    guard value.count > limit else { return }
    Digest(of: value).withUnsafeBytes { key.append(contentsOf: $0.prefix(16)) }
  }

  /// `terms`: the number of a type, which leads back to its name.
  static func typeName(_ number: UInt32) -> [UInt8] { [2] + ordered(number) }

  /// `terms`: the row that holds the next number.
  static let termCounter: [UInt8] = [0]

  /// `segments`: level, first position, and the first field, term and offset of the row.
  static func posting(
    level: UInt8,
    first: UInt64,
    field: UInt8,
    term: UInt32,
    offset: UInt32
  ) -> [UInt8] {
    var writer = ByteWriter(capacity: 18)
    writer.byte(level)
    writer.ordered(first)
    writer.byte(field)
    writer.ordered(term)
    writer.ordered(offset)
    return writer.bytes
  }

  /// `times`: level, first position, and the row's number.
  static func time(level: UInt8, first: UInt64, row: UInt16) -> [UInt8] {
    var writer = ByteWriter(capacity: 11)
    writer.byte(level)
    writer.ordered(first)
    writer.ordered(row)
    return writer.bytes
  }

  /// `tree`: level and index of a node.
  static func node(level: UInt8, index: UInt64) -> [UInt8] { [level] + ordered(index) }

  /// `values`: owner and hash.
  static func value(owner: [UInt8], hash: [UInt8]) -> [UInt8] {
    [UInt8(truncatingIfNeeded: owner.count)] + owner + hash
  }

  static func ordered(_ number: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}

/// The hash a stream is found by: the first half of SHA-256 over its name.
struct StreamKey: Hashable {
  let high: UInt64
  let low: UInt64

  init(_ stream: StreamID) {
    self = Digest(of: stream.bytes).withUnsafeBytes { bytes in
      StreamKey(
        high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
  }

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the beginning of a key of `streams`.
  init(_ reader: inout ByteReader) throws(ByteReader.Malformed) {
    high = try reader.ordered(UInt64.self)
    low = try reader.ordered(UInt64.self)
  }
}

extension StreamKey: Comparable {
  /// Whether the rows of `left` stand before those of `right`.
  static func < (left: StreamKey, right: StreamKey) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
