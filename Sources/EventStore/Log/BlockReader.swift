/// Reads single events, and keeps some blocks that were read lately: those asked for one after another often
/// stand in the same few, for they were appended together.
///
/// For one thread at a time.
final class BlockReader {
  /// A block with what its events are decompressed into.
  struct Loaded {
    let block: EventBlock
    let decompressor: Decompressor
  }

  private struct Kept {
    var loaded: Loaded
    var lastUse: Int
  }

  /// So many blocks are kept; runs that went on side by side stand in one for each time that they waited.
  private static let count = 16
  /// A longer block is not kept.
  private static let keptBytes = 1 << 20

  private var kept: [Kept] = []
  /// What the blocks are of; in another snapshot their rows may have been written anew.
  private var snapshot = -1
  private var uses = 0
  private var idle: [Decompressor] = []
  private var decompressorOfLong: Decompressor?

  /// The block that holds the event at `position`, found by a cursor over the table.
  ///
  /// Its bytes are valid until the next call.
  ///
  /// - Throws: `EventLogError.corrupted` where there is none or it does not decode; `LMDBError` where there is
  ///   no memory.
  func block(
    with position: UInt64,
    _ events: Table,
    _ transaction: borrowing ReadTransaction,
    _ cursor: borrowing Cursor
  ) throws -> Loaded {
    uses += 1
    if snapshot == transaction.id {
      for place in kept.indices where kept[place].loaded.block.range.contains(position) {
        kept[place].lastUse = uses
        return kept[place].loaded
      }
    }
    let block = try EventRow.block(with: position, events, transaction, cursor)
    guard block.byteCount <= Self.keptBytes else {
      let decompressor = try decompressorOfLong ?? Decompressor()
      decompressorOfLong = decompressor
      return Loaded(block: block, decompressor: decompressor)
    }
    return try keep(block, of: transaction.id)
  }

  /// Keeps a block in the place of the one that was used longest ago, or of one of another snapshot.
  private func keep(_ block: EventBlock, of snapshot: Int) throws -> Loaded {
    if self.snapshot != snapshot {
      idle += kept.map(\.loaded.decompressor)
      kept.removeAll(keepingCapacity: true)
      self.snapshot = snapshot
    }
    if kept.count < Self.count {
      let loaded = Loaded(block: block, decompressor: try idle.popLast() ?? Decompressor())
      kept.append(Kept(loaded: loaded, lastUse: uses))
      return loaded
    }
    var oldest = 0
    for place in kept.indices where kept[place].lastUse < kept[oldest].lastUse { oldest = place }
    let loaded = Loaded(block: block, decompressor: kept[oldest].loaded.decompressor)
    kept[oldest] = Kept(loaded: loaded, lastUse: uses)
    return loaded
  }
}
