/// One write transaction's worth of appends.
struct AppendSession {
  let tables: LogTables
  let dictionaries: DictionaryShelf
  let caches: AppendCaches
  var head: LogHead
  let now: Int64
  /// What was appended that a projection reads.
  private(set) var appended: [Event] = []
  private let projector: Projector
  private var row = ByteWriter(capacity: 32 << 10)
  private var identities = CommitIdentities()
  private var leaves = LeafWriter()
  /// The numbers of the batch's values and types; 0 where not yet known.
  private var numbers: [UInt32] = []
  private var types: [UInt32] = []
  /// The terms of the event that is being appended.
  private var terms: [EventHeader.TermNumber] = []

  init(
    tables: LogTables,
    dictionaries: DictionaryShelf,
    caches: AppendCaches,
    head: LogHead,
    now: Int64,
    projector: Projector
  ) {
    self.tables = tables
    self.dictionaries = dictionaries
    self.caches = caches
    self.head = head
    self.now = now
    self.projector = projector
  }
}

// MARK: - Batches

extension AppendSession {
  /// Looks up what the batches' events are told apart by; comes before everything else.
  mutating func lookUp(
    _ batches: [PreparedBatch],
    _ transaction: borrowing WriteTransaction
  ) throws {
    caches.trimDigests()
    try identities.lookUp(batches, tables.ids, caches.identities, transaction)
  }

  /// Throws what would keep the batch from being appended, before anything of it is.
  mutating func checkExpectations(
    _ batch: PreparedBatch,
    _ transaction: borrowing WriteTransaction
  ) throws {
    var index = 0
    var expects = false
    for block in batch.blocks {
      for event in block.events {
        switch event.cause {
        case .position(let cause) where cause.rawValue >= head.size:
          throw EventLogError.unknownCause(index: index)
        case .earlierInBatch(let cause) where cause < 0 || cause >= index:
          throw EventLogError.unknownCause(index: index)
        default: break
        }
        if event.expectedVersion != .any { expects = true }
        index += 1
      }
    }
    if expects { try checkVersions(batch, transaction) }
  }

  /// Duplicates add nothing to a stream, and expect nothing of it.
  private mutating func checkVersions(
    _ batch: PreparedBatch,
    _ transaction: borrowing WriteTransaction
  ) throws {
    var added: [StreamKey: UInt32] = [:]
    var earlier: Set<[[UInt8]]> = []
    for block in batch.blocks {
      let isIdentified = block.events.contains { $0.identity != nil }
      let plain = isIdentified ? try block.plain(caches.decompressor(), dictionaries) : []
      for event in block.events {
        if let identity = event.identity {
          let attributes = try block.attributes(event)
          let data = plain[event.dataStart..<event.end]
          let candidate = IdentityIndex.Candidate(attributes, data: data)
          guard earlier.insert([attributes.source, attributes.id, Array(data)]).inserted else {
            continue
          }
          let known = try ids.find(
            candidate,
            identity,
            at: identities.positions(of: identity),
            caches,
            transaction
          )
          guard known.same == nil else { continue }
        }
        let stored = try caches.streams.version(of: event.stream, tables.streams, transaction)
        let (actual, overflows) = stored.addingReportingOverflow(added[event.stream] ?? 0)
        if case .exactly(let expected) = event.expectedVersion,
          actual != expected || overflows
        {
          throw EventLogError.wrongExpectedVersion(
            stream: try block.attributes(event).stream,
            expected: expected,
            actual: actual
          )
        }
        added[event.stream, default: 0] += 1
      }
    }
  }

  private var ids: IdentityIndex { IdentityIndex(tables: tables, dictionaries: dictionaries) }

  /// Appends what is new of the batch; one outcome for each event, in order.
  mutating func append(
    _ batch: PreparedBatch,
    _ transaction: borrowing WriteTransaction
  ) throws -> [AppendOutcome] {
    for value in batch.values {
      // The hash names the bytes: what is there is the same, however it was compressed.
      let isThere = try transaction.withValue(tables.values, value.key) { $0 != nil }
      guard !isThere else { continue }
      try ChunkedRows.put(tables.values, value.key, value.row, appending: false, transaction)
    }
    var outcomes: [AppendOutcome] = []
    outcomes.reserveCapacity(batch.count)
    numbers = caches.terms.known(of: batch.termValues, batch.termBytes)
    types = Array(repeating: 0, count: batch.types.count)
    for block in batch.blocks { try append(block, of: batch, &outcomes, transaction) }
    return outcomes
  }

  /// Writes what is written once for a transaction.
  mutating func finish(_ transaction: borrowing WriteTransaction) throws {
    try identities.flush(tables, &caches.identities, transaction)
    try caches.streams.flush(tables.streams, transaction)
    try caches.terms.flush(tables.terms, transaction)
    try transaction.put(tables.meta, LogHead.key, head.encoded())
  }
}

// MARK: - Blocks

extension AppendSession {
  private mutating func append(
    _ block: PreparedBlock,
    of batch: PreparedBatch,
    _ outcomes: inout [AppendOutcome],
    _ transaction: borrowing WriteTransaction
  ) throws {
    var open = OpenBlock(first: head.size, recordedTime: now, block)
    for (index, event) in block.events.enumerated() {
      let cause: UInt64? =
        switch event.cause {
        case nil: nil
        case .position(let position): position.rawValue
        case .earlierInBatch(let earlier): outcomes[earlier].position.rawValue
        }
      let outcome = try place(event, in: &open, transaction)
      outcomes.append(outcome)
      if case .duplicate = outcome { continue }
      var header = EventHeader()
      header.cause = cause ?? LeafCommitment.noLink
      if case .conflicting(_, let first) = outcome { header.conflict = first.rawValue }
      try appendNew(index, event, header, to: &open, of: batch, transaction)
    }
    guard !open.accepted.isEmpty else { return }
    try put(open, transaction)
  }

  /// Where the event goes, by its identity; takes the place.
  private mutating func place(
    _ event: PreparedEvent,
    in open: inout OpenBlock,
    _ transaction: borrowing WriteTransaction
  ) throws -> AppendOutcome {
    guard let identity = event.identity else { return .appended(Position(head.size)) }
    let found = try find(event, identity, in: &open, transaction)
    if let same = found.same { return .duplicate(of: Position(same)) }
    identities.add(identity, head.size)
    guard let first = found.first else { return .appended(Position(head.size)) }
    return .conflicting(Position(head.size), first: Position(first))
  }

  /// Looks for the event's like, in a call of its own: an identity's positions are added to in place only where
  /// nobody else has hold of them.
  private func find(
    _ event: PreparedEvent,
    _ identity: IdentityKey,
    in open: inout OpenBlock,
    _ transaction: borrowing WriteTransaction
  ) throws -> IdentityIndex.Found {
    let positions = identities.positions(of: identity)
    guard !positions.isEmpty else { return IdentityIndex.Found() }
    try open.load(caches.decompressor(), dictionaries)
    let candidate = IdentityIndex.Candidate(
      try open.block.attributes(event),
      data: open.data(of: event)
    )
    return try ids.find(candidate, identity, at: positions, caches, transaction, open)
  }

  private mutating func appendNew(
    _ index: Int,
    _ event: PreparedEvent,
    _ links: EventHeader,
    to open: inout OpenBlock,
    of batch: PreparedBatch,
    _ transaction: borrowing WriteTransaction
  ) throws {
    let position = head.size
    let isConflict = links.conflict != LeafCommitment.noLink
    var header = links
    header.recordedTime = now
    header.timestamp = event.timestamp
    header.attributesLength = UInt32(truncatingIfNeeded: event.attributesLength)
    header.dataLength = UInt32(truncatingIfNeeded: event.dataLength)
    if event.identity != nil { header.flags.insert(.identified) }
    header.version = try caches.streams.append(
      position,
      to: event.stream,
      tables.streams,
      transaction
    )
    let type = isConflict ? Event.conflictingTypeBytes : batch.types[event.type]
    header.type =
      isConflict
      ? try caches.terms.number(ofType: type, tables.terms, transaction)
      : try number(ofType: event.type, batch, transaction)
    try numberTerms(event.terms, of: batch, transaction)
    swap(&header.terms, &terms)
    defer { swap(&header.terms, &terms) }
    if !open.keepsSalts(index) || isConflict {
      try open.load(caches.decompressor(), dictionaries)
    }
    try open.leaf(index, event, header, type, &leaves).withUnsafeBytes { leaf in
      try head.range.append(leaf: leaf) { node throws in
        try transaction.put(tables.tree, Keys.node(level: node.level, index: node.index), node.hash)
      }
    }
    head.recordedTime = now
    open.accept(index, header)
    caches.tail.add(position: position, header: header)
    if let data = data(of: event, in: open, conflicting: isConflict) {
      let attributes = try open.block.attributes(event)
      appended.append(
        Event(position: Position(position), header, attributes, data: Array(data), type: type)
      )
    }
    if head.size == head.sealed { try seal(transaction) }
  }

  /// The data of an event that a projection takes in, else nil.
  private func data(
    of event: PreparedEvent,
    in open: OpenBlock,
    conflicting: Bool
  ) -> ArraySlice<UInt8>? {
    guard !conflicting else {
      return projector.isRead(type: Event.conflictingTypeBytes) ? open.data(of: event) : nil
    }
    return event.readStart.map { open.block.read[$0..<$0 + event.dataLength] }
  }

  private mutating func put(
    _ open: OpenBlock,
    _ transaction: borrowing WriteTransaction
  ) throws {
    var block = open.block
    if open.accepted.count < block.events.count {
      let compressor = try caches.compressor()
      var text = compressor.takeText()
      text.begin(with: dictionaries.latest(block.dictionaryClass))
      text.writer.bytes.append(contentsOf: open.acceptedBytes)
      block.compress(text, compressor)
      compressor.giveBack(text)
    }
    var frame = EventBlock.Frame()
    frame.dictionary = block.dictionary
    frame.recordedTime = now
    frame.seed = block.seed
    if block.isStored { frame.flags.insert(.stored) }
    row.bytes.removeAll(keepingCapacity: true)
    EventBlock.encode(frame, count: open.accepted.count, open.entries, block.payload, into: &row)
    try ChunkedRows.put(
      tables.events,
      Keys.event(open.first),
      row.bytes,
      appending: true,
      transaction
    )
  }

  private mutating func number(
    ofType index: Int,
    _ batch: PreparedBatch,
    _ transaction: borrowing WriteTransaction
  ) throws -> UInt32 {
    if types[index] == 0 {
      types[index] = try caches.terms.number(
        ofType: batch.types[index],
        tables.terms,
        transaction
      )
    }
    return types[index]
  }

  /// Makes `terms` those of an event.
  private mutating func numberTerms(
    _ range: Range<Int>,
    of batch: PreparedBatch,
    _ transaction: borrowing WriteTransaction
  ) throws {
    terms.removeAll(keepingCapacity: true)
    for index in range {
      let term = batch.terms[index]
      guard !Term.isNearUnique(term.field) else {
        terms.append(EventHeader.TermNumber(field: term.field, number: term.value))
        continue
      }
      let value = Int(term.value)
      if numbers[value] == 0 {
        numbers[value] = try caches.terms.number(
          batch.termValues[value],
          batch.termBytes,
          tables.terms,
          transaction
        )
      }
      terms.append(EventHeader.TermNumber(field: term.field, number: numbers[value]))
    }
  }

  private mutating func seal(_ transaction: borrowing WriteTransaction) throws {
    let rows = caches.tail.rows()
    for row in rows.segments { try transaction.append(tables.segments, row.key, row.value) }
    for row in rows.times { try transaction.append(tables.times, row.key, row.value) }
    caches.tail.startNext()
  }
}
