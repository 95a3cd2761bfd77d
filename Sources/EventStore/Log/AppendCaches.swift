/// What a writer keeps in memory from one transaction to the next.
final class AppendCaches {
  var tail: SegmentTail
  var streams = StreamTails()
  var terms: TermNumbers
  var identities: RecentIdentities
  private var digests: [IdentityKey: IdentityDigests] = [:]
  private var digestCount = 0
  private let digestLimit: Int
  private var opened: Decompressor?
  private var openedCompressor: Compressor?
  /// The block that was compared with last; the next event's like is mostly in it too.
  private var compared: (block: EventBlock, decompressor: Decompressor)?

  init(tail: SegmentTail, identities: RecentIdentities, limits: CacheLimits) {
    self.tail = tail
    self.identities = identities
    terms = TermNumbers(limit: limits.terms)
    digestLimit = limits.digests
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

// MARK: - Digests

extension AppendCaches {
  /// What is known of the digests of an identity's events.
  func digests(of identity: IdentityKey) -> IdentityDigests {
    digests[identity] ?? IdentityDigests()
  }

  /// Takes in the digest of the next event of an identity.
  func add(_ digest: IdentityDigests.Digest, of identity: IdentityKey, _ position: UInt64) {
    digests[identity, default: IdentityDigests()].add(digest, position)
    digestCount += 1
  }

  /// Forgets digests where there are too many; comes between transactions, since one needs all that it took in.
  ///
  /// The largest part stays: a sender who goes on with one id alone has its events read once.
  func trimDigests() {
    guard digestCount > digestLimit else { return }
    let largest = digests.max { $0.value.count < $1.value.count }
    digests = [:]
    if let largest { digests[largest.key] = largest.value }
    digestCount = largest?.value.count ?? 0
  }
}
