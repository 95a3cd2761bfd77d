/// What a writer keeps in memory from one transaction to the next.
final class AppendCaches {
  var tail: SegmentTail
  var streams = StreamTails()
  var terms = TermNumbers()
  var identities: RecentIdentities
  private var opened: Decompressor?
  private var openedCompressor: Compressor?
  /// The block that was compared with last; the next event's like is mostly in it too.
  private var compared: (block: EventBlock, decompressor: Decompressor)?

  init(tail: SegmentTail, identities: RecentIdentities) {
    self.tail = tail
    self.identities = identities
  }

  /// The decompressor for blocks that are being appended.
  func decompressor() throws -> Decompressor {
    let decompressor = try opened ?? Decompressor()
    opened = decompressor
    return decompressor
  }

  /// The compressor for blocks some of whose events were there before.
  func compressor() throws -> Compressor {
    let compressor = try openedCompressor ?? Compressor()
    openedCompressor = compressor
    return compressor
  }

  /// The event at a position before the transaction's own, lent until the next call.
  func stored(
    _ position: UInt64,
    _ events: Table,
    _ dictionaries: DictionaryShelf,
    _ transaction: borrowing WriteTransaction
  ) throws -> StoredEvent {
    if let compared, compared.block.range.contains(position) {
      return StoredEvent(position, in: compared.block, compared.decompressor, dictionaries)
    }
    let decompressor = try compared?.decompressor ?? Decompressor()
    let block = try EventRow.block(with: position, events, transaction)
    compared = (block, decompressor)
    return StoredEvent(position, in: block, decompressor, dictionaries)
  }
}
