/// An entry of a row of `ids`: a keyed hash of source and id, and the position of an event with it.
struct IdentityEntry: Comparable {
  /// 40 bits.
  let hash: UInt64
  let position: UInt64

  private static let hashLength = 5
  /// The most bytes of an entry.
  static let maximumLength = 15

  init(hash: UInt64, position: UInt64) {
    self.hash = hash
    self.position = position
  }

  init(_ reader: inout ByteReader) throws(ByteReader.Malformed) {
    hash = try reader.wide(Self.hashLength)
    position = try reader.varint()
  }

  func encode(into writer: inout ByteWriter) {
    writer.wide(hash, Self.hashLength)
    writer.varint(position)
  }

  static func < (left: IdentityEntry, right: IdentityEntry) -> Bool {
    (left.hash, left.position) < (right.hash, right.position)
  }
}
