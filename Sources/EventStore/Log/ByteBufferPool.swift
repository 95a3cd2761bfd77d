internal import Synchronization

/// The memory of blocks that were appended, for those to come.
///
/// Fresh memory costs a page fault for every 4 KiB, which takes longer than filling it does.
final class ByteBufferPool: Sendable {
  private let idle = Mutex<[[UInt8]]>([])
  private static let limit = 128

  /// An empty buffer, which may have room.
  func take() -> [UInt8] {
    // The one that was given back first is the least likely to be held by anyone still.
    var buffer = idle.withLock { $0.isEmpty ? [] : $0.removeFirst() }
    buffer.removeAll(keepingCapacity: true)
    return buffer
  }

  /// Takes back the buffers of blocks that are done with.
  func giveBack(_ batches: [PreparedBatch]) {
    idle.withLock { idle in
      for batch in batches {
        for block in batch.blocks where idle.count < Self.limit {
          // What one long event took is not kept for short ones.
          guard block.plain.capacity <= 2 * EventBlock.fullBytes else { continue }
          idle.append(block.plain)
        }
      }
    }
  }
}
