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
    Self.derived(seed: seed, index: index).withUnsafeBytes { salts in
      attributes = Array(salts.prefix(Self.saltLength))
      data = Array(salts.suffix(Self.saltLength))
    }
  }

  /// Both salts of the event at `index` of a block, the attributes' first.
  static func derived(seed: [UInt8], index: UInt32) -> Digest {
    var hash = Digest.Begun()
    seed.withUnsafeBytes { hash.add($0) }
    withUnsafeBytes(of: index.littleEndian) { hash.add($0) }
    return hash.finished()
  }
}
