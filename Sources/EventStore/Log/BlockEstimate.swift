/// How long a block will be, by how well the one before it in the batch was compressed.
///
/// A block that ends just where its rows fill their pages wastes none of them.
struct BlockEstimate {
  /// Compressed bytes for 65,536 of those handed in.
  private var ratio = 1 << 14

  /// About what an event takes beside its bytes.
  private static let entry = 56
  /// What stands once in a block.
  private static let frame = 48

  /// About how many bytes a block of so many events and plain bytes has.
  func length(events: Int, bytes: Int) -> Int {
    Self.frame + events * Self.entry + (bytes * ratio) >> 16
  }

  /// Learns from a block that was compressed.
  mutating func take(_ block: PreparedBlock) {
    guard block.size > 0 else { return }
    // One in 128 more, so that most blocks stay under the length meant.
    let length = block.payload.count + block.payload.count / 128
    ratio = (length << 16) / block.size
  }
}
