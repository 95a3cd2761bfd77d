internal import Crypto
internal import Synchronization

/// Hashes and compresses events outside any transaction, on whatever thread calls.
struct Preparation: Sendable {
  let secret: [UInt8]
  let entropy: @Sendable (Int) -> [UInt8]
  let dictionaries: DictionaryShelf
  private let compressors = CompressorPool()

  init(
    secret: [UInt8],
    entropy: @escaping @Sendable (Int) -> [UInt8],
    dictionaries: DictionaryShelf
  ) {
    self.secret = secret
    self.entropy = entropy
    self.dictionaries = dictionaries
  }

  /// The batch, ready to be committed.
  func prepare(_ batch: AppendBatch) throws -> PreparedBatch {
    let compressor = try compressors.take()
    defer { compressors.giveBack(compressor) }
    let salts = entropy(batch.events.count * 2 * EventHeader.saltLength)
    var events: [PreparedEvent] = []
    events.reserveCapacity(batch.events.count)
    for (index, draft) in batch.events.enumerated() {
      let start = index * 2 * EventHeader.saltLength
      events.append(prepare(draft, salts[start..<start + 32], compressor))
    }
    let values = batch.values.map { value in
      let dictionary = dictionaries.latest(.recorded)
      let key = Keys.value(owner: value.owner, hash: value.hash)
      return (key: key, row: ValueRow.encode(value.bytes, key: key, compressor, dictionary))
    }
    return PreparedBatch(events: events, values: values)
  }

  private func prepare(
    _ draft: EventDraft,
    _ salts: ArraySlice<UInt8>,
    _ compressor: Compressor
  ) -> PreparedEvent {
    var header = EventHeader()
    header.attributesSeal = Array(salts.prefix(EventHeader.saltLength))
    header.dataSeal = Array(salts.suffix(EventHeader.saltLength))
    header.timestamp = draft.timestamp
    let attributes = EventAttributes(draft).encoded()
    header.attributesLength = UInt32(truncatingIfNeeded: attributes.count)
    header.dataLength = UInt32(truncatingIfNeeded: draft.data.count)
    let dictionary = dictionaries.latest(draft.dictionaryClass)
    let plain = attributes + draft.data
    var payload = plain
    if let compressed = compressor.compress(plain, with: dictionary) {
      payload = compressed
      header.dictionary = dictionary?.number ?? 0
    } else {
      header.flags.insert(.stored)
    }
    if draft.identity == .sourceAndID { header.flags.insert(.identified) }
    let commitment = draft.data.withUnsafeBytes { Hash.commitment(salt: header.dataSeal, $0) }
    return PreparedEvent(
      draft: draft,
      header: header,
      encodedAttributes: attributes,
      dataCommitment: commitment,
      payload: payload,
      identity: draft.identity == .sourceAndID
        ? IdentityKey(source: draft.source, id: draft.id, secret: secret) : nil,
      stream: StreamKey(draft.stream),
      nearUnique: draft.terms.filter { Term.isNearUnique($0.field) }.map {
        Self.keyedHash($0, secret)
      }
    )
  }

  /// The number that stands for a value of a field whose values are nearly unique.
  static func keyedHash(_ term: Term, _ secret: [UInt8]) -> UInt32 {
    var hasher = SHA256()
    hasher.update(data: secret)
    withUnsafeBytes(of: term.field) { hasher.update(bufferPointer: $0) }
    hasher.update(data: term.value)
    let hash = hasher.finalize().withUnsafeBytes {
      UInt32(bigEndian: $0.loadUnaligned(as: UInt32.self))
    }
    // 0 stands for no value.
    return max(hash, 1)
  }
}

/// Compression contexts that threads borrow, so that none is made for each batch.
final class CompressorPool: Sendable {
  private let idle = Mutex<[Loan]>([])

  /// A context on its way between threads, used by one of them at a time.
  private struct Loan: @unchecked Sendable {
    let compressor: Compressor
  }

  func take() throws -> Compressor {
    if let idle = idle.withLock({ $0.popLast() }) { return idle.compressor }
    return try Compressor()
  }

  func giveBack(_ compressor: Compressor) {
    let loan = Loan(compressor: compressor)
    idle.withLock { $0.append(loan) }
  }
}
