/// Reads single events, and keeps the block that was read last: those asked for one after another often
/// stand together.
///
/// For one thread at a time.
final class BlockReader {
  let decompressor: Decompressor
  /// The block, and the snapshot that it is of; in another one its row may have been written anew.
  private var kept: (block: EventBlock, snapshot: Int)?

  /// A longer block is not kept.
  private static let keptBytes = 1 << 20

  init() throws(LMDBError) {
    decompressor = try Decompressor()
  }

  /// The block that holds the event at `position`, found by a cursor over the table.
  ///
  /// - Throws: `EventLogError.corrupted` where there is none or it does not decode.
  func block(
    with position: UInt64,
    _ events: Table,
    _ transaction: borrowing ReadTransaction,
    _ cursor: borrowing Cursor
  ) throws -> EventBlock {
    if let kept, kept.snapshot == transaction.id, kept.block.range.contains(position) {
      return kept.block
    }
    let block = try EventRow.block(with: position, events, transaction, cursor)
    kept = block.byteCount <= Self.keptBytes ? (block, transaction.id) : nil
    return block
  }
}
