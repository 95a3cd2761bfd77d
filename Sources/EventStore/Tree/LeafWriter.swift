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
  ) -> Digest {
    writer.bytes.removeAll(keepingCapacity: true)
    writer.bytes.append(lent: salt)
    writer.bytes.append(lent: UnsafeRawBufferPointer(rebasing: encoded[..<split]))
    writer.fixed(version)
    writer.bytes.append(lent: UnsafeRawBufferPointer(rebasing: encoded[split...]))
    return digest()
  }

  /// The hash of a leaf, its commitments lent.
  mutating func leaf(
    _ leaf: LeafCommitment,
    attributes: UnsafeRawBufferPointer,
    data: UnsafeRawBufferPointer
  ) -> Digest {
    writer.bytes.removeAll(keepingCapacity: true)
    writer.byte(0)
    writer.byte(leaf.format)
    writer.prefixed(leaf.type)
    writer.fixed(leaf.recordedTime)
    writer.bytes.append(lent: attributes)
    writer.bytes.append(lent: data)
    writer.fixed(leaf.cause)
    writer.fixed(leaf.conflict)
    return digest()
  }

  private func digest() -> Digest {
    writer.bytes.withUnsafeBytes { Digest(of: $0) }
  }
}
