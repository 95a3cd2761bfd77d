internal import Crypto

/// SHA-256 as the tree uses it (RFC 6962, section 2.1).
enum Hash {
  static let byteCount = 32

  /// The root of a tree without leaves: the hash of nothing.
  static let emptyRoot = Array(SHA256.hash(data: [UInt8]()))

  /// The hash of an inner node: 0x01, left child, right child.
  static func node(_ children: UnsafeRawBufferPointer) -> SHA256.Digest {
    withUnsafeTemporaryAllocation(byteCount: 1 + children.count, alignment: 1) { node in
      node[0] = 0x01
      UnsafeMutableRawBufferPointer(rebasing: node[1...]).copyMemory(from: children)
      return digest(UnsafeRawBufferPointer(node))
    }
  }

  /// The hash of a leaf: 0x00, the leaf's bytes.
  static func leaf(_ bytes: [UInt8]) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(data: [0x00])
    hasher.update(data: bytes)
    return Array(hasher.finalize())
  }

  /// The hash of bytes.
  static func digest(_ bytes: UnsafeRawBufferPointer) -> SHA256.Digest {
    var hasher = SHA256()
    hasher.update(bufferPointer: bytes)
    return hasher.finalize()
  }

  /// A commitment to bytes that cannot be tried out once the salt is gone.
  static func commitment(
    salt: UnsafeRawBufferPointer,
    _ bytes: UnsafeRawBufferPointer
  ) -> SHA256.Digest {
    var hasher = SHA256()
    hasher.update(bufferPointer: salt)
    hasher.update(bufferPointer: bytes)
    return hasher.finalize()
  }

  /// A commitment to bytes that cannot be tried out once the salt is gone.
  static func commitment(salt: [UInt8], _ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    salt.withUnsafeBytes { Array(commitment(salt: $0, bytes)) }
  }
}
