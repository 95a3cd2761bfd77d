internal import Crypto

/// Derives commitments and leaves one after another in the same memory.
struct LeafWriter {
  private var writer = ByteWriter(capacity: 1 << 10)

  /// The commitment to encoded attributes.
  ///
  /// - Parameters:
  ///   - salt: What keeps the attributes from being tried out.
  ///   - encoded: The attributes as a block keeps them.
  ///   - split: Where the stream's name ends in them.
  ///   - version: The event's number in its stream, which stands behind that name.
  /// - Returns: The commitment.
  mutating func attributes(
    salt: UnsafeRawBufferPointer,
    encoded: UnsafeRawBufferPointer,
    split: Int,
    version: UInt32
  ) -> SHA256.Digest {
    writer.bytes.removeAll(keepingCapacity: true)
    writer.bytes.append(contentsOf: salt)
    writer.bytes.append(contentsOf: encoded[..<split])
    writer.fixed(version)
    writer.bytes.append(contentsOf: encoded[split...])
    return digest()
  }

  /// The hash of a leaf, its commitments lent.
  mutating func leaf(
    _ leaf: LeafCommitment,
    attributes: UnsafeRawBufferPointer,
    data: UnsafeRawBufferPointer
  ) -> SHA256.Digest {
    writer.bytes.removeAll(keepingCapacity: true)
    writer.byte(0)
    writer.byte(leaf.format)
    writer.prefixed(leaf.type)
    writer.fixed(leaf.recordedTime)
    writer.bytes.append(contentsOf: attributes)
    writer.bytes.append(contentsOf: data)
    writer.fixed(leaf.cause)
    writer.fixed(leaf.conflict)
    return digest()
  }

  private func digest() -> SHA256.Digest {
    writer.bytes.withUnsafeBytes { Hash.digest($0) }
  }
}
