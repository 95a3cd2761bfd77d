internal import Crypto

/// SHA-256 as the tree uses it (RFC 6962, section 2.1).
enum Hash {
  static let byteCount = 32

  /// The root of a tree without leaves: the hash of nothing.
  static let emptyRoot = Array(SHA256.hash(data: [UInt8]()))

  /// The hash of an inner node: 0x01, left child, right child.
  static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(data: [0x01])
    hasher.update(data: left)
    hasher.update(data: right)
    return Array(hasher.finalize())
  }

  /// The hash of a leaf: 0x00, the leaf's bytes.
  static func leaf(_ bytes: [UInt8]) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(data: [0x00])
    hasher.update(data: bytes)
    return Array(hasher.finalize())
  }

  /// A commitment to bytes that cannot be tried out once the salt is gone.
  static func commitment(salt: some Sequence<UInt8>, _ parts: UnsafeRawBufferPointer...) -> [UInt8]
  {
    var hasher = SHA256()
    hasher.update(data: Array(salt))
    for part in parts { hasher.update(bufferPointer: part) }
    return Array(hasher.finalize())
  }
}
