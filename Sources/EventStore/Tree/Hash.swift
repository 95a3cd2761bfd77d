/// The hashes of the tree (RFC 6962, section 2.1) and what its leaves commit to.
enum Hash {
  static let byteCount = Digest.byteCount

  /// The root of a tree without leaves: the hash of nothing.
  static let emptyRoot = Digest(of: []).array

  /// The hash of an inner node: 0x01, left child, right child.
  static func node(_ children: UnsafeRawBufferPointer) -> Digest {
    withUnsafeTemporaryAllocation(byteCount: 1 + children.count, alignment: 1) { node in
      node[0] = 0x01
      UnsafeMutableRawBufferPointer(rebasing: node[1...]).copyMemory(from: children)
      return Digest(of: UnsafeRawBufferPointer(node))
    }
  }

  /// The hash of a leaf: 0x00, the leaf's bytes.
  static func leaf(_ bytes: [UInt8]) -> [UInt8] { Digest(of: [0x00] + bytes).array }

  /// A commitment to bytes that cannot be tried out once the salt is gone.
  static func commitment(
    salt: UnsafeRawBufferPointer,
    _ bytes: UnsafeRawBufferPointer
  ) -> Digest {
    var hash = Digest.Begun()
    hash.add(salt)
    hash.add(bytes)
    return hash.finished()
  }

  /// A commitment to bytes that cannot be tried out once the salt is gone.
  static func commitment(salt: [UInt8], _ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    salt.withUnsafeBytes { commitment(salt: $0, bytes).array }
  }
}
