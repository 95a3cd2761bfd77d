/// The roots of the perfect subtrees that a growing Merkle tree consists of, largest first.
///
/// Enough to append leaves and to know the root, in at most 64 hashes (RFC 6962, section 2.1).
public struct CompactRange: Hashable, Sendable {
  /// How many leaves the tree has.
  public private(set) var size: UInt64
  private(set) var hashes: [[UInt8]]

  /// Every level that is a multiple of this is kept in `tree`.
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

  init?(size: UInt64, hashes: [[UInt8]]) {
    guard hashes.count == size.nonzeroBitCount, hashes.allSatisfy({ $0.count == Hash.byteCount })
    else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// Adds the hash of the next leaf.
  ///
  /// - Complexity: O(1) on average, O(log *size*) at most.
  public mutating func append(leaf: [UInt8]) {
    append(leaf: leaf) { _ in }
  }

  /// Adds the next leaf, which holds `entry`.
  public mutating func append(entry: [UInt8]) {
    append(leaf: Hash.leaf(entry))
  }

  /// Adds the hash of the next leaf and tells which subtrees it completes, smallest first.
  mutating func append(
    leaf: [UInt8],
    completed: (Completed) throws -> Void
  ) rethrows {
    var hash = leaf
    var level: UInt8 = 0
    var index = size
    while index & 1 == 1 {
      hash = Hash.node(hashes.removeLast(), hash)
      index >>= 1
      level += 1
      try completed(Completed(level: level, index: index, hash: hash))
    }
    hashes.append(hash)
    size += 1
  }

  /// The tree's root hash, 32 bytes.
  public var root: [UInt8] {
    guard var root = hashes.last else { return Hash.emptyRoot }
    for left in hashes.dropLast().reversed() { root = Hash.node(left, root) }
    return root
  }
}
