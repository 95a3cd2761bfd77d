/// The fixed part of an event's row, its indexed values as numbers, and where its bytes lie.
struct EventHeader {
  var flags: Flags = []
  var dictionary: UInt16 = 0
  var type: UInt32 = 0
  var recordedTime: Int64 = 0
  var timestamp: Int64?
  var attributesLength: UInt32 = 0
  var dataLength: UInt32 = 0
  var version: UInt32 = 0
  var leaf: [UInt8] = []
  /// The attributes' salt; where they were redacted, their commitment.
  var attributesSeal: [UInt8] = []
  /// The data's salt; where they were redacted, their commitment.
  var dataSeal: [UInt8] = []
  var cause: UInt64 = LeafCommitment.noLink
  var conflict: UInt64 = LeafCommitment.noLink
  var terms: [TermNumber] = []

  static let format: UInt8 = 1
  static let saltLength = 16

  /// One indexed value: a field, and its number or keyed hash; numbers begin at 1.
  struct TermNumber: Hashable {
    let field: UInt8
    let number: UInt32
  }

  struct Flags: OptionSet {
    let rawValue: UInt8
    /// The payload is not compressed.
    static let stored = Flags(rawValue: 1)
    /// More rows follow under the same position.
    static let continued = Flags(rawValue: 2)
    static let hasTimestamp = Flags(rawValue: 4)
    static let hasCause = Flags(rawValue: 8)
    static let hasConflict = Flags(rawValue: 16)
    /// The attributes and their salt were deleted; their commitment stands in the salt's place.
    static let attributesRedacted = Flags(rawValue: 32)
    /// Repetitions are recognised by source and id.
    static let identified = Flags(rawValue: 64)
    /// The data and their salt were deleted; their commitment stands in the salt's place.
    static let dataRedacted = Flags(rawValue: 128)
    /// Whether the attributes or the data were deleted.
    static let redacted: Flags = [.attributesRedacted, .dataRedacted]
  }

  /// Whether the attributes or the data were deleted.
  var isRedacted: Bool { !flags.isDisjoint(with: .redacted) }
}

// MARK: - Writing

extension EventHeader {
  /// Appends the header's bytes and their check; the payload follows them.
  func encode(into writer: inout ByteWriter) {
    let start = writer.bytes.count
    var flags = flags
    if timestamp != nil { flags.insert(.hasTimestamp) }
    if cause != LeafCommitment.noLink { flags.insert(.hasCause) }
    if conflict != LeafCommitment.noLink { flags.insert(.hasConflict) }
    writer.byte(Self.format)
    writer.byte(flags.rawValue)
    writer.fixed(dictionary)
    writer.fixed(type)
    writer.fixed(recordedTime)
    if let timestamp { writer.fixed(timestamp) }
    writer.fixed(attributesLength)
    writer.fixed(dataLength)
    writer.fixed(version)
    writer.bytes.append(contentsOf: leaf)
    writer.bytes.append(contentsOf: attributesSeal)
    writer.bytes.append(contentsOf: dataSeal)
    if cause != LeafCommitment.noLink { writer.fixed(cause) }
    if conflict != LeafCommitment.noLink { writer.fixed(conflict) }
    encodeTerms(into: &writer)
    let check = writer.bytes.withUnsafeBytes {
      Self.check(UnsafeRawBufferPointer(rebasing: $0[start...]))
    }
    writer.fixed(check)
  }

  private func encodeTerms(into writer: inout ByteWriter) {
    writer.varint(UInt64(terms.count))
    for term in terms {
      writer.byte(term.field)
      if Term.isNearUnique(term.field) {
        writer.fixed(term.number)
      } else {
        writer.varint(UInt64(term.number))
      }
    }
  }

  /// The check over a header's bytes, whatever its `continued` flag, which is set last.
  private static func check(_ header: UnsafeRawBufferPointer) -> UInt32 {
    var checksum = Checksum()
    let flags = [header[0], header[1] & ~Flags.continued.rawValue]
    flags.withUnsafeBytes { checksum.add($0) }
    checksum.add(UnsafeRawBufferPointer(rebasing: header[2...]))
    return checksum.value
  }
}

// MARK: - Reading

extension EventHeader {
  /// Reads a header and leaves `reader` at the payload.
  ///
  /// - Throws: Where the bytes are no header, or not those that were written.
  init(_ reader: inout ByteReader) throws(ByteReader.Malformed) {
    let start = reader.offset
    guard try reader.byte() == Self.format else { throw ByteReader.Malformed() }
    flags = Flags(rawValue: try reader.byte())
    dictionary = try reader.fixed(UInt16.self)
    type = try reader.fixed(UInt32.self)
    recordedTime = try reader.fixed(Int64.self)
    if flags.contains(.hasTimestamp) { timestamp = try reader.fixed(Int64.self) }
    attributesLength = try reader.fixed(UInt32.self)
    dataLength = try reader.fixed(UInt32.self)
    version = try reader.fixed(UInt32.self)
    leaf = Array(try reader.slice(Hash.byteCount))
    attributesSeal = Array(try reader.slice(Self.sealLength(flags, .attributesRedacted)))
    dataSeal = Array(try reader.slice(Self.sealLength(flags, .dataRedacted)))
    if flags.contains(.hasCause) { cause = try reader.fixed(UInt64.self) }
    if flags.contains(.hasConflict) { conflict = try reader.fixed(UInt64.self) }
    terms = try Self.terms(&reader)
    let check = Self.check(reader.read(since: start))
    guard try reader.fixed(UInt32.self) == check else { throw ByteReader.Malformed() }
  }

  private static func sealLength(_ flags: Flags, _ redacted: Flags) -> Int {
    flags.contains(redacted) ? Hash.byteCount : saltLength
  }

  private static func terms(
    _ reader: inout ByteReader
  ) throws(ByteReader.Malformed) -> [TermNumber] {
    let count = try reader.varint()
    guard count <= UInt64(reader.remaining) else { throw ByteReader.Malformed() }
    var terms: [TermNumber] = []
    terms.reserveCapacity(Int(count))
    for _ in 0..<count {
      let field = try reader.byte()
      if Term.isNearUnique(field) {
        terms.append(TermNumber(field: field, number: try reader.fixed(UInt32.self)))
        continue
      }
      guard let number = UInt32(exactly: try reader.varint()) else { throw ByteReader.Malformed() }
      terms.append(TermNumber(field: field, number: number))
    }
    return terms
  }
}
