internal import Crypto

/// The salts of an event's two commitments; where a part was redacted, its commitment.
struct EventSeals: Equatable {
  var attributes: [UInt8] = []
  var data: [UInt8] = []

  /// How many bytes a salt has, and a block's seed.
  static let saltLength = 16

  init() {}

  /// The salts of the event at `index` of a block: the halves of SHA-256 over seed and index.
  ///
  /// A redaction takes the seed out of the block and leaves the salts of what stays.
  init(seed: [UInt8], index: UInt32) {
    var hasher = SHA256()
    hasher.update(data: seed)
    withUnsafeBytes(of: index.littleEndian) { hasher.update(bufferPointer: $0) }
    hasher.finalize().withUnsafeBytes { digest in
      attributes = Array(digest.prefix(Self.saltLength))
      data = Array(digest.suffix(Self.saltLength))
    }
  }
}
