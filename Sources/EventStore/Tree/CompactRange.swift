/// The roots of the perfect subtrees that a growing Merkle tree consists of, largest first.
///
/// Enough to append leaves and to know the root, in at most 64 hashes (RFC 6962, section 2.1).
public struct CompactRange: Hashable, Sendable {
  /// How many leaves the tree has.
  public private(set) var size: UInt64
  /// The roots, one behind the other.
  private(set) var hashes: [UInt8]

  /// Every level that is a multiple of this is kept in `tree`: a proof then derives at most 15 leaves,
  /// and damage is found within 16 events.
  static let keptLevels: UInt8 = 4

  /// A perfect subtree that a leaf completed.
  struct Completed {
    let level: UInt8
    let index: UInt64
    let hash: [UInt8]
  }

  /// The range of a tree without leaves.
  public init() {
    size = 0
    hashes = []
  }

  init?(size: UInt64, hashes: [UInt8]) {
    guard hashes.count == size.nonzeroBitCount * Hash.byteCount else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// Adds the hash of the next leaf.
  ///
  /// - Complexity: O(1) on average, O(log *size*) at most.
  public mutating func append(leaf: [UInt8]) {
    leaf.withUnsafeBytes { append(leaf: $0) { _ in } }
  }

  /// Adds the next leaf, which holds `entry`.
  public mutating func append(entry: [UInt8]) {
    append(leaf: Hash.leaf(entry))
  }

  /// Adds the hash of the next leaf and tells which subtrees of kept levels it completes, smallest first.
  mutating func append(
    leaf: UnsafeRawBufferPointer,
    completed: (Completed) throws -> Void
  ) rethrows {
    var level: UInt8 = 0
    var index = size
    hashes.append(contentsOf: leaf)
    size += 1
    while index & 1 == 1 {
      joinLast()
      index >>= 1
      level += 1
      guard level.isMultiple(of: Self.keptLevels) else { continue }
      try completed(
        Completed(level: level, index: index, hash: Array(hashes.suffix(Hash.byteCount)))
      )
    }
  }

  /// Puts the node above the last two roots in their place.
  private mutating func joinLast() {
    let start = hashes.count - 2 * Hash.byteCount
    let node = hashes.withUnsafeBytes { Hash.node(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    hashes.removeLast(2 * Hash.byteCount)
    node.withUnsafeBytes { hashes.append(contentsOf: $0) }
  }

  /// The tree's root hash, 32 bytes.
  public var root: [UInt8] {
    guard size > 0 else { return Hash.emptyRoot }
    var range = self
    while range.hashes.count > Hash.byteCount { range.joinLast() }
    return range.hashes
  }
}
