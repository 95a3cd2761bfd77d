/// What a writer keeps in memory from one transaction to the next.
final class AppendCaches {
  var tail: SegmentTail
  var streams = StreamTails()
  var terms = TermNumbers()
  private var opened: Decompressor?

  init(tail: SegmentTail) {
    self.tail = tail
  }

  /// The decompressor for events that are compared with new ones.
  func decompressor() throws -> Decompressor {
    let decompressor = try opened ?? Decompressor()
    opened = decompressor
    return decompressor
  }
}

/// One write transaction's worth of appends.
struct AppendSession {
  let tables: LogTables
  let secret: [UInt8]
  let dictionaries: DictionaryShelf
  let caches: AppendCaches
  var head: LogHead
  let now: Int64
  /// What was appended that a projection reads.
  private(set) var appended: [Event] = []
  private let projector: Projector
  private var row = ByteWriter(capacity: 4096)

  init(
    tables: LogTables,
    secret: [UInt8],
    dictionaries: DictionaryShelf,
    caches: AppendCaches,
    head: LogHead,
    now: Int64,
    projector: Projector
  ) {
    self.tables = tables
    self.secret = secret
    self.dictionaries = dictionaries
    self.caches = caches
    self.head = head
    self.now = now
    self.projector = projector
  }
}

// MARK: - Batches

extension AppendSession {
  /// Throws what would keep the batch from being appended, before anything of it is.
  mutating func checkExpectations(
    _ batch: PreparedBatch,
    _ transaction: borrowing WriteTransaction
  ) throws {
    for (index, event) in batch.events.enumerated() {
      switch event.draft.cause {
      case .position(let cause) where cause.rawValue >= head.size:
        throw EventLogError.unknownCause(index: index)
      case .earlierInBatch(let cause) where cause < 0 || cause >= index:
        throw EventLogError.unknownCause(index: index)
      default: break
      }
    }
    guard batch.events.contains(where: { $0.draft.expectedVersion != .any }) else { return }
    try checkVersions(batch, transaction)
  }

  /// Duplicates add nothing to a stream, and expect nothing of it.
  private mutating func checkVersions(
    _ batch: PreparedBatch,
    _ transaction: borrowing WriteTransaction
  ) throws {
    var added: [StreamKey: UInt32] = [:]
    var earlier: Set<[[UInt8]]> = []
    for event in batch.events {
      if let identity = event.identity {
        let ids = IdentityIndex(tables: tables, dictionaries: dictionaries)
        let bytes = [event.draft.source, event.draft.id, event.draft.data]
        guard earlier.insert(bytes).inserted,
          try ids.find(event, identity, caches.decompressor(), transaction).same == nil
        else { continue }
      }
      if case .exactly(let expected) = event.draft.expectedVersion {
        let stored = try caches.streams.version(of: event.stream, tables.streams, transaction)
        let (actual, overflows) = stored.addingReportingOverflow(added[event.stream] ?? 0)
        guard actual == expected, !overflows else {
          throw EventLogError.wrongExpectedVersion(
            stream: event.draft.stream,
            expected: expected,
            actual: actual
          )
        }
      }
      added[event.stream, default: 0] += 1
    }
  }

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
    outcomes.reserveCapacity(batch.events.count)
    for event in batch.events {
      let cause: UInt64? =
        switch event.draft.cause {
        case nil: nil
        case .position(let position): position.rawValue
        case .earlierInBatch(let index): outcomes[index].position.rawValue
        }
      outcomes.append(try append(event, cause: cause, transaction))
    }
    return outcomes
  }

  /// Writes what is written once for a transaction.
  mutating func finish(_ transaction: borrowing WriteTransaction) throws {
    try caches.streams.flush(tables.streams, transaction)
    try caches.terms.flush(tables.terms, transaction)
    try transaction.put(tables.meta, LogHead.key, head.encoded())
  }
}

// MARK: - Events

extension AppendSession {
  private mutating func append(
    _ event: PreparedEvent,
    cause: UInt64?,
    _ transaction: borrowing WriteTransaction
  ) throws -> AppendOutcome {
    guard let identity = event.identity else {
      return .appended(try appendNew(event, cause: cause, conflict: nil, transaction))
    }
    let place = Keys.ordered(head.size)
    if try transaction.insert(tables.ids, Keys.identity(identity, ordinal: 0), place) {
      return .appended(try appendNew(event, cause: cause, conflict: nil, transaction))
    }
    let ids = IdentityIndex(tables: tables, dictionaries: dictionaries)
    let found = try ids.find(event, identity, caches.decompressor(), transaction)
    if let same = found.same { return .duplicate(of: Position(same)) }
    try transaction.put(
      tables.ids,
      Keys.identity(identity, ordinal: found.nextOrdinal),
      place
    )
    let position = try appendNew(event, cause: cause, conflict: found.first, transaction)
    guard let first = found.first else { return .appended(position) }
    return .conflicting(position, first: Position(first))
  }

  private mutating func appendNew(
    _ event: PreparedEvent,
    cause: UInt64?,
    conflict: UInt64?,
    _ transaction: borrowing WriteTransaction
  ) throws -> Position {
    let position = head.size
    let type = conflict == nil ? event.draft.type : Event.conflictingTypeBytes
    var header = event.header
    header.recordedTime = now
    header.cause = cause ?? LeafCommitment.noLink
    header.conflict = conflict ?? LeafCommitment.noLink
    header.version = try caches.streams.append(
      position,
      to: event.stream,
      tables.streams,
      transaction
    )
    header.type = try caches.terms.number(
      Term(field: Term.typeField, value: type),
      tables.terms,
      transaction
    )
    header.terms = try numbers(event, transaction)
    header.leaf = try leaf(event, header, type)
    try put(header, event.payload, at: position, transaction)
    try head.range.append(leaf: header.leaf) { node throws in
      // Every eighth level is kept: a proof then reads at most 255 leaves and 255 nodes a level.
      guard node.level.isMultiple(of: 8) else { return }
      try transaction.put(tables.tree, Keys.node(level: node.level, index: node.index), node.hash)
    }
    head.recordedTime = now
    caches.tail.add(position: position, header: header)
    if projector.isRead(type: type) {
      appended.append(Event(position, header, event, type: type))
    }
    if head.size == head.sealed { try seal(transaction) }
    return Position(position)
  }

  private mutating func put(
    _ header: EventHeader,
    _ payload: [UInt8],
    at position: UInt64,
    _ transaction: borrowing WriteTransaction
  ) throws {
    row.bytes.removeAll(keepingCapacity: true)
    header.encode(into: &row)
    row.bytes.append(contentsOf: payload)
    if row.bytes.count > ChunkedRows.limit {
      row.bytes[1] |= EventHeader.Flags.continued.rawValue
    }
    try ChunkedRows.put(
      tables.events,
      Keys.event(position),
      row.bytes,
      appending: true,
      transaction
    )
  }

  private mutating func numbers(
    _ event: PreparedEvent,
    _ transaction: borrowing WriteTransaction
  ) throws -> [EventHeader.TermNumber] {
    var nearUnique = event.nearUnique.makeIterator()
    var numbers: [EventHeader.TermNumber] = []
    numbers.reserveCapacity(event.draft.terms.count)
    for term in event.draft.terms {
      let number =
        if Term.isNearUnique(term.field), let hash = nearUnique.next() {
          hash
        } else {
          try caches.terms.number(term, tables.terms, transaction)
        }
      numbers.append(EventHeader.TermNumber(field: term.field, number: number))
    }
    return numbers
  }

  private func leaf(
    _ event: PreparedEvent,
    _ header: EventHeader,
    _ type: [UInt8]
  ) throws -> [UInt8] {
    let attributes = try event.encodedAttributes.withUnsafeBytes {
      try LeafCommitment.attributes(
        salt: header.attributesSeal,
        encoded: $0,
        version: header.version
      )
    }
    return LeafCommitment(
      type: type,
      recordedTime: header.recordedTime,
      attributes: attributes,
      data: event.dataCommitment,
      cause: header.cause,
      conflict: header.conflict
    ).leafHash()
  }

  private mutating func seal(_ transaction: borrowing WriteTransaction) throws {
    let rows = caches.tail.rows()
    for row in rows.segments { try transaction.append(tables.segments, row.key, row.value) }
    for row in rows.times { try transaction.append(tables.times, row.key, row.value) }
    caches.tail.startNext()
  }
}

extension Event {
  /// The event a session has just appended.
  init(_ position: UInt64, _ header: EventHeader, _ event: PreparedEvent, type: [UInt8]) {
    self.init(
      position: Position(position),
      recordedTime: header.recordedTime,
      timestamp: header.timestamp,
      type: String(decoding: type, as: UTF8.self),
      version: header.version,
      cause: header.cause == LeafCommitment.noLink ? nil : Position(header.cause),
      conflictsWith: header.conflict == LeafCommitment.noLink ? nil : Position(header.conflict),
      attributes: EventAttributes(event.draft),
      data: event.draft.data,
      leaf: header.leaf,
      isRedacted: false
    )
  }
}
