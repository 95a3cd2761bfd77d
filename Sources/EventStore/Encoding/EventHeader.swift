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
  var attributesSalt: [UInt8] = []
  var dataSalt: [UInt8] = []
  var cause: UInt64 = LeafCommitment.noLink
  var conflict: UInt64 = LeafCommitment.noLink
  var terms: [TermNumber] = []

  static let format: UInt8 = 1
  static let saltLength = 16

  /// One indexed value: a field, and its number or keyed hash.
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
    /// Salts and bytes were deleted.
    static let redacted = Flags(rawValue: 32)
    /// Repetitions are recognised by source and id.
    static let identified = Flags(rawValue: 64)
  }
}

extension EventHeader {
  /// Appends the header's bytes; the payload follows them.
  func encode(into writer: inout ByteWriter) {
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
    writer.bytes.append(contentsOf: attributesSalt)
    writer.bytes.append(contentsOf: dataSalt)
    if cause != LeafCommitment.noLink { writer.fixed(cause) }
    if conflict != LeafCommitment.noLink { writer.fixed(conflict) }
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

  /// Reads a header and leaves `reader` at the payload.
  init(_ reader: inout ByteReader) throws(ByteReader.Malformed) {
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
    attributesSalt = Array(try reader.slice(Self.saltLength))
    dataSalt = Array(try reader.slice(Self.saltLength))
    if flags.contains(.hasCause) { cause = try reader.fixed(UInt64.self) }
    if flags.contains(.hasConflict) { conflict = try reader.fixed(UInt64.self) }
    terms = try Self.terms(&reader)
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
