/// Makes a batch event by event: each is copied, hashed and, with its neighbours, compressed.
///
/// For one thread at a time; nothing it does needs a transaction.
public struct BatchBuilder: ~Copyable {
  private let preparation: Preparation
  private let compressor: Compressor
  /// Another: a context that goes to and fro between two places reads the dictionary each time.
  private let valueCompressor: Compressor
  private var batch = PreparedBatch()
  private var block: PreparedBlock?
  private var text: BlockText
  private var estimate = BlockEstimate()
  private var stream: (id: StreamID, key: StreamKey)?
  /// The places of types among the batch's.
  private var types: [[UInt8]: Int] = [:]
  /// Which projections read events of the batch's types, by their places.
  private var readers: [[any Projection]] = []
  private var distinct = TermTable(capacity: 1 << 6)
  /// For each field the place of the value it had last, among the batch's.
  private var latest = [UInt32](repeating: .max, count: 32)
  private var sorted: [LentTerm] = []

  init(_ preparation: Preparation) throws {
    let compressor = try preparation.compressors.take()
    let valueCompressor = try preparation.compressors.take()
    self.preparation = preparation
    self.compressor = compressor
    self.valueCompressor = valueCompressor
    text = compressor.takeText()
  }

  deinit {
    preparation.compressors.giveBack(valueCompressor)
    compressor.giveBack(text)
    preparation.compressors.giveBack(compressor)
  }

  /// How many events were added since the last batch was taken.
  public var count: Int { batch.count }
}

// MARK: - Adding

extension BatchBuilder {
  /// Adds an event.
  ///
  /// - Throws: `EventLogError.invalid` where a part is longer than the format allows.
  public mutating func add(_ draft: borrowing LentDraft) throws(EventLogError) {
    try BatchLimits.check(draft, batch.count)
    open(.inbound, draft.data.count)
    let start = text.count
    text.writer.prefixed(draft.id)
    text.writer.prefixed(draft.source)
    text.writer.prefixed(draft.subject)
    text.writer.prefixed(draft.actor)
    text.writer.prefixed(draft.time)
    text.writer.prefixed(draft.stream.bytes)
    let split = text.count - start
    text.writer.prefixed(draft.correlation)
    text.writer.prefixed(EventDraft.json)
    let dataStart = text.count
    text.writer.bytes.append(contentsOf: draft.data)
    sorted.removeAll(keepingCapacity: true)
    sorted.append(contentsOf: draft.terms)
    let terms = addTerms(in: draft.termBytes)
    let type = index(ofType: draft.type)
    finish(
      PreparedEvent(
        start: start,
        split: split,
        attributesLength: dataStart - start,
        dataLength: draft.data.count,
        timestamp: draft.timestamp,
        identity: draft.source.withUnsafeBytes {
          IdentityKey(source: $0, id: draft.id, secret: preparation.secret)
        },
        stream: key(of: draft.stream),
        expectedVersion: .any,
        cause: draft.cause,
        type: type,
        terms: terms
      ),
      isRead: isRead(draft.data, ofType: type)
    )
  }

  /// Adds the events and values of a batch, in which causes count from its own first event.
  ///
  /// - Throws: `EventLogError.invalid` where a part is longer than the format allows.
  mutating func add(_ batch: AppendBatch) throws(EventLogError) {
    let first = count
    for event in batch.events { try add(event, causesFrom: first) }
    if !batch.values.isEmpty { add(batch.values) }
  }

  /// Adds an event.
  ///
  /// - Throws: `EventLogError.invalid` where a part is longer than the format allows.
  public mutating func add(_ draft: EventDraft) throws(EventLogError) {
    try add(draft, causesFrom: 0)
  }

  private mutating func add(_ draft: EventDraft, causesFrom first: Int) throws(EventLogError) {
    try BatchLimits.check(draft, batch.count)
    open(draft.dictionaryClass, draft.data.count)
    let start = text.count
    let attributes = EventAttributes(draft)
    attributes.encode(into: &text.writer)
    let dataStart = text.count
    text.writer.bytes.append(contentsOf: draft.data)
    let type = index(ofType: draft.type)
    finish(
      PreparedEvent(
        start: start,
        split: attributes.split,
        attributesLength: dataStart - start,
        dataLength: draft.data.count,
        timestamp: draft.timestamp,
        identity: draft.identity == .sourceAndID
          ? IdentityKey(draft.source, draft.id, secret: preparation.secret) : nil,
        stream: key(of: draft.stream),
        expectedVersion: draft.expectedVersion,
        cause: draft.cause?.counted(from: first),
        type: type,
        terms: addTerms(draft.terms)
      ),
      isRead: draft.data.withUnsafeBytes { isRead($0, ofType: type) }
    )
  }

  /// Adds long values that events refer to.
  mutating func add(_ values: [StoredValue]) {
    let dictionary = preparation.dictionaries.latest(.recorded)
    batch.values += values.map { value in
      let key = Keys.value(owner: value.owner, hash: value.hash)
      return (key: key, row: ValueRow.encode(value.bytes, key: key, valueCompressor, dictionary))
    }
  }

  /// What was added, ready to be committed; the builder begins anew.
  public mutating func take() -> PreparedBatch {
    close()
    let taken = batch
    batch = PreparedBatch(like: taken)
    types.removeAll(keepingCapacity: true)
    readers.removeAll(keepingCapacity: true)
    distinct.removeAll()
    for field in latest.indices { latest[field] = .max }
    // Where blocks end must follow from the batch alone.
    estimate = BlockEstimate()
    return taken
  }
}

// MARK: - Blocks

extension BatchBuilder {
  /// Makes room for an event: in the open block, or in a new one.
  private mutating func open(_ kind: DictionaryClass, _ size: Int) {
    if let block {
      let isFull =
        block.events.count == EventBlock.maximumCount
        || text.count + size > EventBlock.fullBytes
        || estimate.length(events: block.events.count + 1, bytes: text.count + size)
          > EventBlock.fullRows
      guard isFull || block.dictionaryClass != kind else { return }
      close()
    }
    var next = PreparedBlock(
      dictionaryClass: kind,
      seed: preparation.entropy(EventSeals.saltLength)
    )
    if let last = batch.blocks.last { next.reserve(like: last) }
    block = next
    text.begin(with: preparation.dictionaries.latest(kind))
  }

  private mutating func finish(_ placed: PreparedEvent, isRead: Bool) {
    var event = placed
    guard let index = block?.events.count, let seed = block?.seed else { return }
    EventSeals.derived(seed: seed, index: UInt32(index)).withUnsafeBytes { salts in
      block?.salts.append(contentsOf: salts[..<EventSeals.saltLength])
      let salt = UnsafeRawBufferPointer(rebasing: salts[EventSeals.saltLength...])
      text.bytes[(text.start + event.dataStart)...].withUnsafeBytes {
        Hash.commitment(salt: salt, $0)
          .withUnsafeBytes { block?.commitments.append(contentsOf: $0) }
      }
    }
    event.attributesStart = block?.attributes.count ?? 0
    let (start, dataStart) = (text.start + event.start, text.start + event.dataStart)
    block?.attributes.append(contentsOf: text.bytes[start..<dataStart])
    if isRead {
      event.readStart = block?.read.count
      block?.read.append(contentsOf: text.bytes[dataStart...])
    }
    block?.events.append(event)
    batch.count += 1
  }

  /// Compresses the open block and adds it to the batch.
  private mutating func close() {
    guard var block = block.take() else { return }
    block.compress(text, compressor)
    estimate.take(block)
    batch.blocks.append(block)
  }
}

// MARK: - Terms

extension BatchBuilder {
  private mutating func key(of id: StreamID) -> StreamKey {
    // Most batches are of one stream.
    if let stream, stream.id == id { return stream.key }
    let key = StreamKey(id)
    stream = (id, key)
    return key
  }

  /// The place of a type among the batch's.
  private mutating func index(ofType bytes: [UInt8]) -> Int {
    // Most batches are of few types, and hashing takes longer than a look at these.
    if let index = batch.types.prefix(4).firstIndex(of: bytes) { return index }
    if let index = types[bytes] { return index }
    let index = batch.types.count
    batch.types.append(bytes)
    types[bytes] = index
    readers.append(preparation.readers(ofType: bytes))
    return index
  }

  /// Whether a projection takes in an event of the type at a place.
  private func isRead(_ data: UnsafeRawBufferPointer, ofType index: Int) -> Bool {
    readers[index].contains { $0.concerns(type: batch.types[index], data: data) }
  }

  private mutating func addTerms(_ terms: [Term]) -> Range<Int> {
    let start = batch.terms.count
    for term in terms.sortedByField() {
      batch.terms.append(term.value.withUnsafeBytes { add($0, term.field) })
    }
    return start..<batch.terms.count
  }

  /// Adds the terms of `sorted`, whose values are in `bytes`.
  private mutating func addTerms(in bytes: UnsafeRawBufferPointer) -> Range<Int> {
    let start = batch.terms.count
    // Few and nearly in order: insertion keeps those of one field as they came.
    for index in sorted.indices.dropFirst() {
      var place = index
      while place > 0, sorted[place - 1].field > sorted[place].field {
        sorted.swapAt(place - 1, place)
        place -= 1
      }
    }
    for term in sorted {
      batch.terms.append(add(UnsafeRawBufferPointer(rebasing: bytes[term.range]), term.field))
    }
    return start..<batch.terms.count
  }

  private mutating func add(_ value: UnsafeRawBufferPointer, _ field: UInt8) -> PreparedTerm {
    guard !Term.isNearUnique(field) else {
      let hash = preparation.hash(field: field, value)
      return PreparedTerm(field: field, value: Preparation.nearUnique(hash))
    }
    if isLatest(value, field) { return PreparedTerm(field: field, value: latest[Int(field)]) }
    let hash = preparation.hash(field: Term.typeField, value)
    if let number = distinct.number(of: value, hash: hash) {
      latest[Int(field)] = number - 1
      return PreparedTerm(field: field, value: number - 1)
    }
    let index = UInt32(truncatingIfNeeded: batch.termValues.count)
    distinct.insert(value, hash: hash, index + 1)
    let start = batch.termBytes.count
    batch.termBytes.append(lent: value)
    batch.termValues.append(TermValue(start: start, count: value.count, hash: hash))
    latest[Int(field)] = index
    return PreparedTerm(field: field, value: index)
  }

  /// Whether the field had the value last: many fields have few values, which need no hash then.
  private func isLatest(_ value: UnsafeRawBufferPointer, _ field: UInt8) -> Bool {
    let place = Int(latest[Int(field)])
    guard place < batch.termValues.count else { return false }
    let range = batch.termValues[place].range
    return batch.termBytes.withUnsafeBytes {
      UnsafeRawBufferPointer(rebasing: $0[range]).hasSameBytes(as: value)
    }
  }
}

extension EventDraft.Cause {
  /// The same cause where the events of its batch begin at `first`.
  fileprivate func counted(from first: Int) -> Self {
    if case .earlierInBatch(let index) = self { .earlierInBatch(index + first) } else { self }
  }
}

extension [Term] {
  /// The terms by field; those of one field in the order they had.
  fileprivate func sortedByField() -> [Term] {
    enumerated()
      .sorted { ($0.element.field, $0.offset) < ($1.element.field, $1.offset) }
      .map(\.element)
  }
}
