/// The indexed values of one event as bytes.
///
/// A mask says which of the fields 0–31 there are; for each, in order, the numbers, the lowest bit
/// set on all but its last. A second mask says which of the fields 32–63 there are, with a hash of 24
/// bits each; behind a count follow the hashes of fields that have more than one.
enum TermList {
  /// One above the greatest field.
  static let fieldLimit: UInt8 = 64
  private static let hashLength = 3

  /// Appends terms whose fields ascend.
  static func encode(_ terms: [EventHeader.TermNumber], into writer: inout ByteWriter) {
    var numbered: UInt64 = 0
    var hashed: UInt64 = 0
    var further = 0
    for term in terms {
      guard Term.isNearUnique(term.field) else {
        numbered |= 1 << UInt64(term.field)
        continue
      }
      let bit: UInt64 = 1 << UInt64(term.field - 32)
      if hashed & bit != 0 { further += 1 }
      hashed |= bit
    }
    writer.varint(numbered)
    for (index, term) in terms.enumerated() where !Term.isNearUnique(term.field) {
      let goesOn = index + 1 < terms.count && terms[index + 1].field == term.field
      writer.varint(UInt64(term.number) << 1 | (goesOn ? 1 : 0))
    }
    writer.varint(hashed)
    var last: UInt8?
    for term in terms where Term.isNearUnique(term.field) && term.field != last {
      last = term.field
      append(hash: term.number, to: &writer)
    }
    writer.varint(UInt64(further))
    guard further > 0 else { return }
    last = nil
    for term in terms where Term.isNearUnique(term.field) {
      if term.field == last {
        writer.byte(term.field)
        append(hash: term.number, to: &writer)
      }
      last = term.field
    }
  }

  private static func append(hash: UInt32, to writer: inout ByteWriter) {
    writer.byte(UInt8(truncatingIfNeeded: hash))
    writer.byte(UInt8(truncatingIfNeeded: hash >> 8))
    writer.byte(UInt8(truncatingIfNeeded: hash >> 16))
  }

  /// Reads the terms, their fields ascending.
  static func decode(
    _ reader: inout ByteReader
  ) throws(ByteReader.Malformed) -> [EventHeader.TermNumber] {
    let numbered = try reader.varint()
    guard numbered >> 32 == 0 else { throw ByteReader.Malformed() }
    var terms: [EventHeader.TermNumber] = []
    terms.reserveCapacity(24)
    for field in bits(of: numbered) {
      var goesOn = true
      while goesOn {
        let value = try reader.varint()
        guard let number = UInt32(exactly: value >> 1) else { throw ByteReader.Malformed() }
        terms.append(EventHeader.TermNumber(field: field, number: number))
        goesOn = value & 1 == 1
      }
    }
    try decodeHashed(&reader, &terms)
    return terms
  }

  private static func decodeHashed(
    _ reader: inout ByteReader,
    _ terms: inout [EventHeader.TermNumber]
  ) throws(ByteReader.Malformed) {
    let hashed = try reader.varint()
    guard hashed >> 32 == 0 else { throw ByteReader.Malformed() }
    let start = terms.count
    for field in bits(of: hashed) {
      terms.append(EventHeader.TermNumber(field: field + 32, number: try hash(&reader)))
    }
    let further = try reader.varint()
    guard further <= UInt64(reader.remaining) else { throw ByteReader.Malformed() }
    for _ in 0..<further {
      let field = try reader.byte()
      guard let place = terms[start...].lastIndex(where: { $0.field == field }) else {
        throw ByteReader.Malformed()
      }
      let number = try hash(&reader)
      terms.insert(EventHeader.TermNumber(field: field, number: number), at: place + 1)
    }
  }

  private static func hash(_ reader: inout ByteReader) throws(ByteReader.Malformed) -> UInt32 {
    let bytes = try reader.slice(hashLength)
    return UInt32(bytes[0]) | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) << 16
  }

  private static func bits(of mask: UInt64) -> some Sequence<UInt8> {
    sequence(state: mask) { rest -> UInt8? in
      guard rest != 0 else { return nil }
      defer { rest &= rest - 1 }
      return UInt8(rest.trailingZeroBitCount)
    }
  }
}
