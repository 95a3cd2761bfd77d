/// What a leaf of the tree commits to, apart from the event's type and times.
///
/// Two commitments, each with a salt of its own that can be deleted: one to the attributes, one to
/// the data. Without its salt a commitment tells nothing, however few values are possible.
struct LeafCommitment {
  /// The format of the leaf; its second byte.
  var format: UInt8 = 1
  var type: [UInt8]
  var recordedTime: Int64
  var attributes: [UInt8] = []
  var data: [UInt8] = []
  var cause: UInt64
  var conflict: UInt64

  /// The position that stands for no link.
  static let noLink = UInt64.max

  /// The leaf hash: 0x00, then the fields in the order of `docs/file-format.md`.
  func leafHash() -> [UInt8] {
    var writer = LeafWriter()
    return attributes.withUnsafeBytes { attributes in
      data.withUnsafeBytes { writer.leaf(self, attributes: attributes, data: $0).array }
    }
  }

  /// The commitment to the attributes, with the version standing behind the stream's name.
  static func attributes(
    salt: [UInt8],
    encoded: UnsafeRawBufferPointer,
    version: UInt32
  ) throws(ByteReader.Malformed) -> [UInt8] {
    var reader = ByteReader(encoded)
    // id, source, subject, actor, time, stream
    for _ in 0..<6 { _ = try reader.prefixed() }
    let split = reader.offset
    var writer = LeafWriter()
    return salt.withUnsafeBytes {
      writer.attributes(salt: $0, encoded: encoded, split: split, version: version).array
    }
  }
}
