/// What a block says of one of its events, apart from the event's bytes.
struct EventHeader {
  var flags: Flags = []
  var type: UInt32 = 0
  var recordedTime: Int64 = 0
  var timestamp: Int64?
  var attributesLength: UInt32 = 0
  var dataLength: UInt32 = 0
  var version: UInt32 = 0
  var cause: UInt64 = LeafCommitment.noLink
  var conflict: UInt64 = LeafCommitment.noLink
  var seals = EventSeals()
  /// The indexed values, their fields ascending.
  var terms: [TermNumber] = []

  /// One indexed value: a field, and its number or keyed hash; numbers begin at 1.
  struct TermNumber: Hashable {
    let field: UInt8
    let number: UInt32
  }

  struct Flags: OptionSet {
    let rawValue: UInt8
    static let hasTimestamp = Flags(rawValue: 1)
    static let hasCause = Flags(rawValue: 2)
    static let hasConflict = Flags(rawValue: 4)
    /// Repetitions are recognised by source and id.
    static let identified = Flags(rawValue: 8)
    /// The attributes and their salt were deleted; their commitment stands in the salt's place.
    static let attributesRedacted = Flags(rawValue: 16)
    /// The data and their salt were deleted; their commitment stands in the salt's place.
    static let dataRedacted = Flags(rawValue: 32)
    /// Its version is that of the event before it in the block, plus 1.
    static let nextVersion = Flags(rawValue: 64)
    /// Whether the attributes or the data were deleted.
    static let redacted: Flags = [.attributesRedacted, .dataRedacted]
  }

  /// What an entry is told by difference from.
  struct Previous {
    /// The claimed time before it in the block, at first the recorded time.
    var timestamp: Int64
    /// The version behind that of the event before it.
    var nextVersion: UInt32?
  }

  /// Whether the attributes or the data were deleted.
  var isRedacted: Bool { !flags.isDisjoint(with: .redacted) }

  /// How many bytes the event has in its block.
  var length: Int { Int(attributesLength) + Int(dataLength) }
}

// MARK: - Writing

extension EventHeader {
  /// Appends the entry of the event at `position`.
  ///
  /// - Parameters:
  ///   - position: Where the event stands, which links are counted from.
  ///   - previous: What the event is told by difference from; becomes this event's.
  ///   - sealedApart: Whether the block has no seed, so that each event brings its seals.
  ///   - writer: What the entry is appended to.
  func encode(
    at position: UInt64,
    previous: inout Previous,
    sealedApart: Bool,
    into writer: inout ByteWriter
  ) {
    var flags = flags
    if timestamp != nil { flags.insert(.hasTimestamp) }
    if cause != LeafCommitment.noLink { flags.insert(.hasCause) }
    if conflict != LeafCommitment.noLink { flags.insert(.hasConflict) }
    if version == previous.nextVersion { flags.insert(.nextVersion) }
    previous.nextVersion = version &+ 1
    writer.byte(flags.rawValue)
    writer.varint(UInt64(type))
    if let timestamp {
      writer.zigzag(timestamp &- previous.timestamp)
      previous.timestamp = timestamp
    }
    writer.varint(UInt64(attributesLength))
    writer.varint(UInt64(dataLength))
    if !flags.contains(.nextVersion) { writer.varint(UInt64(version)) }
    if cause != LeafCommitment.noLink { writer.varint(position &- cause) }
    if conflict != LeafCommitment.noLink { writer.varint(position &- conflict) }
    if sealedApart {
      writer.bytes.append(contentsOf: seals.attributes)
      writer.bytes.append(contentsOf: seals.data)
    }
    TermList.encode(terms, into: &writer)
  }
}

// MARK: - Reading

extension EventHeader {
  /// Reads the entry of the event at `position`; the seals where the block keeps them apart.
  ///
  /// - Throws: Where the bytes are no entry.
  init(
    _ reader: inout ByteReader,
    at position: UInt64,
    recordedTime: Int64,
    previous: inout Previous,
    sealedApart: Bool
  ) throws(ByteReader.Malformed) {
    let flags = Flags(rawValue: try reader.byte())
    self.flags = flags.subtracting(.nextVersion)
    self.recordedTime = recordedTime
    type = try reader.number()
    if flags.contains(.hasTimestamp) {
      previous.timestamp = previous.timestamp &+ (try reader.zigzag())
      timestamp = previous.timestamp
    }
    attributesLength = try reader.number()
    dataLength = try reader.number()
    version = flags.contains(.nextVersion) ? previous.nextVersion ?? 0 : try reader.number()
    previous.nextVersion = version &+ 1
    if flags.contains(.hasCause) { cause = position &- (try reader.varint()) }
    if flags.contains(.hasConflict) { conflict = position &- (try reader.varint()) }
    if sealedApart {
      seals.attributes = Array(try reader.slice(Self.sealLength(flags, .attributesRedacted)))
      seals.data = Array(try reader.slice(Self.sealLength(flags, .dataRedacted)))
    } else if isRedacted {
      throw ByteReader.Malformed()
    }
    terms = try TermList.decode(&reader)
  }

  private static func sealLength(_ flags: Flags, _ redacted: Flags) -> Int {
    flags.contains(redacted) ? Hash.byteCount : EventSeals.saltLength
  }
}
