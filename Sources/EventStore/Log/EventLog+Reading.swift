/// The state of the log that a reader works on, fixed when it begins.
public struct LogSize: Hashable, Sendable {
  /// How many events there are; their positions are 0 up to this.
  public let count: UInt64
  /// The root of the Merkle tree over them, 32 bytes (RFC 6962, section 2.1).
  public let root: [UInt8]
  /// When the last one was appended, in milliseconds since 1970; 0 where there is none.
  public let recordedTime: Int64
}

extension EventLog {
  /// The log's id: 16 bytes drawn when the store was made.
  ///
  /// - Throws: `EventLogError.damaged` where it is not what was written.
  public func logID() throws -> [UInt8] {
    try environment.read { try StoreFormat.logID(tables.meta, $0) }
  }

  /// How many positions a reader takes from one snapshot, so that it holds none for long.
  static let sliceLength: UInt64 = 2048

  /// How many events there are now, and their tree's root.
  public func size() throws -> LogSize {
    let head = try environment.read { try LogHead.read(tables, $0) }
    return LogSize(count: head.size, root: head.range.root, recordedTime: head.recordedTime)
  }

  /// The event at `position`, or nil where the log is shorter.
  ///
  /// - Throws: `EventLogError.corrupted` where it does not decode.
  public func event(at position: Position) throws -> Event? {
    try environment.read { transaction in
      guard position.rawValue < (try LogHead.read(tables, transaction)).size else {
        return nil
      }
      return try blockReaders.lend { try event(position.rawValue, $0, transaction) }
    }
  }

  /// The hash of the leaf at `position` in the Merkle tree, 32 bytes, derived from the event's bytes;
  /// nil where the log is shorter.
  ///
  /// - Throws: `EventLogError.corrupted` where the event does not decode.
  public func leafHash(at position: Position) throws -> [UInt8]? {
    let decompressor = try Decompressor()
    return try environment.read { transaction in
      guard position.rawValue < (try LogHead.read(tables, transaction)).size else { return nil }
      try refreshDictionaries(transaction)
      return try EventRow.withStored(
        position.rawValue,
        tables.events,
        transaction,
        decompressor,
        dictionaries
      ) { try $0.leaf(type: typeName($0.header.type, transaction)) }
    }
  }

  private func event(
    _ position: UInt64,
    _ reader: BlockReader,
    _ transaction: borrowing ReadTransaction
  ) throws -> Event {
    try refreshDictionaries(transaction)
    let cursor = try Cursor(tables.events, transaction)
    let loaded = try reader.block(with: position, tables.events, transaction, cursor)
    let stored = StoredEvent(position, in: loaded.block, loaded.decompressor, dictionaries)
    return try stored.event(type: typeName(stored.header.type, transaction))
  }

  /// The events of `range` in order, as far as the log goes, while `body` returns true.
  ///
  /// Works in slices, so that no snapshot is held for long; events appended meanwhile are not lent.
  /// What may take long, such as writing to a reader that does not read, belongs into `pause`: it is
  /// called behind each slice, when no snapshot is held.
  ///
  /// - Throws: `EventLogError.corrupted` at an event that does not decode; what `body` throws.
  /// - Complexity: O(*n*) in the number of events.
  public func read(
    _ range: Range<Position>,
    between pause: () throws -> Void = {},
    _ body: (Event) throws -> Bool
  ) throws {
    try slices(of: range, between: pause) { slice, transaction, decompressor in
      var types = TypeNames()
      var goesOn = true
      try EventRow.forEach(
        in: slice,
        tables.events,
        transaction,
        decompressor,
        dictionaries
      ) { stored in
        let type = try types.name(of: stored.header.type) { try typeName($0, transaction) }
        goesOn = try body(stored.event(type: type))
        return goesOn
      }
      return goesOn
    }
  }

  /// Lends the events of `range` in order, as far as the log goes, while `body` returns true.
  ///
  /// What is lent is valid until `body` returns. Much cheaper than `read(_:_:)`, which copies, and
  /// cheaper still where the bytes are not asked for.
  /// `pause` is called as by `read(_:between:_:)`.
  public func scan(
    _ range: Range<Position>,
    between pause: () throws -> Void = {},
    _ body: (LentEvent) throws -> Bool
  ) throws {
    var types = TypeNames()
    try slices(of: range, between: pause) { slice, transaction, decompressor in
      var goesOn = true
      try EventRow.forEach(
        in: slice,
        tables.events,
        transaction,
        decompressor,
        dictionaries
      ) { stored in
        let type = try types.name(of: stored.header.type) { try typeName($0, transaction) }
        goesOn = try body(LentEvent(stored: stored, type: type))
        return goesOn
      }
      return goesOn
    }
  }

  /// Lends the events at `positions`, in the order given, while `body` returns true.
  ///
  /// `pause` is called as by `read(_:between:_:)`.
  public func scan(
    _ positions: [Position],
    between pause: () throws -> Void = {},
    _ body: (LentEvent) throws -> Bool
  ) throws {
    var types = TypeNames()
    var rest = positions[...]
    while !rest.isEmpty {
      let slice = rest.prefix(Int(Self.sliceLength))
      rest = rest.dropFirst(slice.count)
      let goesOn = try scan(slice, &types, body)
      try pause()
      guard goesOn else { return }
    }
  }

  /// Lends the events at `positions`, all of one snapshot; whether `body` wants more.
  private func scan(
    _ positions: ArraySlice<Position>,
    _ types: inout TypeNames,
    _ body: (LentEvent) throws -> Bool
  ) throws -> Bool {
    try blockReaders.lend { reader in
      try environment.read { transaction in
        try refreshDictionaries(transaction)
        let cursor = try Cursor(tables.events, transaction)
        var last: BlockReader.Loaded?
        for position in positions.lazy.map(\.rawValue) {
          let loaded: BlockReader.Loaded
          if let last, last.block.range.contains(position) {
            loaded = last
          } else {
            loaded = try reader.block(with: position, tables.events, transaction, cursor)
            last = loaded
          }
          let type = try types.name(of: loaded.block.type(at: position)) {
            try typeName($0, transaction)
          }
          let event = LentEvent(
            stored: StoredEvent(position, in: loaded.block, loaded.decompressor, dictionaries),
            type: type
          )
          guard try body(event) else { return false }
        }
        return true
      }
    }
  }

  /// The positions of a stream's events, in order of their versions.
  ///
  /// - Complexity: O(*n*) in the length of the stream.
  public func positions(of stream: StreamID) throws -> [Position] {
    let key = StreamKey(stream)
    return try environment.read { transaction in
      var positions: [Position] = []
      let cursor = try Cursor(tables.streams, transaction)
      var row = try cursor.seek(to: Keys.stream(key, version: 0))
      while let current = row {
        let stored = try StreamRow(key: current.key, value: current.value)
        guard stored.stream == key else { break }
        positions += stored.positions.map(Position.init)
        row = try cursor.next()
      }
      return positions
    }
  }

  /// The position of a stream's first event; nil where it has none.
  public func firstPosition(of stream: StreamID) throws -> Position? {
    let key = StreamKey(stream)
    return try environment.read { transaction in
      let cursor = try Cursor(tables.streams, transaction)
      guard let row = try cursor.seek(to: Keys.stream(key, version: 0)) else { return nil }
      let stored = try StreamRow(key: row.key, value: row.value)
      return stored.stream == key ? stored.positions.first.map(Position.init) : nil
    }
  }

  /// The positions of a stream's last events, in order of their versions; `count` at most.
  ///
  /// - Complexity: O(`count`).
  public func lastPositions(of stream: StreamID, count: Int) throws -> [Position] {
    let key = StreamKey(stream)
    return try environment.read { transaction in
      var positions: [Position] = []
      let cursor = try Cursor(tables.streams, transaction)
      var row = try cursor.seek(atOrBefore: Keys.stream(key, version: .max))
      while let current = row, positions.count < count {
        let stored = try StreamRow(key: current.key, value: current.value)
        guard stored.stream == key else { break }
        positions = stored.positions.map(Position.init) + positions
        row = try cursor.previous()
      }
      return positions.suffix(count)
    }
  }

  /// The events of a stream, in order of their versions.
  ///
  /// - Complexity: O(*n*) in the length of the stream.
  public func events(of stream: StreamID) throws -> [Event] {
    let positions = try positions(of: stream)
    var events: [Event] = []
    events.reserveCapacity(positions.count)
    try scan(positions) { lent in
      events.append(try lent.copy())
      return true
    }
    return events
  }

  /// The long value of `owner` with that hash, or nil where there is none.
  public func value(owner: [UInt8], hash: [UInt8]) throws -> [UInt8]? {
    try environment.read { transaction in
      try refreshDictionaries(transaction)
      let key = Keys.value(owner: owner, hash: hash)
      guard let row = try ChunkedRows.get(tables.values, key, transaction) else { return nil }
      return try decompressors.lend { try ValueRow.decode(row, key: key, $0, dictionaries) }
    }
  }

  /// Lends the view of a projection in one snapshot.
  ///
  /// - Throws: `EventLogError.projectionsDiffer` where the store has no such view.
  public func view<Result>(
    _ projection: some Projection,
    _ body: (borrowing ViewReader) throws -> Result
  ) throws -> Result {
    for slot in [UInt8(0), 1] {
      _ = try viewTables.table(
        ProjectionState.tableName(projection.name, slot: slot),
        in: environment
      )
    }
    return try environment.read { transaction in
      let states = try Projector.states(tables.meta, transaction)
      let name = projection.nameAndVersion
      guard let state = states.first(where: { $0.nameAndVersion == name }),
        let table = viewTables[state.tableName]
      else {
        throw EventLogError.projectionsDiffer(
          stored: states.map(\.nameAndVersion),
          program: options.projections.map(\.nameAndVersion)
        )
      }
      return try body(ViewReader(table, transaction))
    }
  }
}

extension EventLog {
  /// Walks `range` in slices, each with a snapshot of its own, while `body` returns true.
  func slices(
    of range: Range<Position>,
    between pause: () throws -> Void = {},
    _ body: (Range<UInt64>, borrowing ReadTransaction, Decompressor) throws -> Bool
  ) throws {
    let decompressor = try Decompressor()
    var start = range.lowerBound.rawValue
    let end = min(range.upperBound.rawValue, try size().count)
    while start < end {
      let slice = start..<min(start + Self.sliceLength, end)
      let goesOn = try environment.read { transaction in
        try refreshDictionaries(transaction)
        return try body(slice, transaction, decompressor)
      }
      try pause()
      guard goesOn else { return }
      start = slice.upperBound
    }
  }

  /// Loads dictionaries that another process has added.
  func refreshDictionaries(_ transaction: borrowing ReadTransaction) throws {
    try dictionaries.load(from: tables.dictionaries, transaction)
  }

  /// The type a number stands for.
  func typeName(
    _ number: UInt32,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> [UInt8] {
    let key = Keys.typeName(number)
    guard let name = try transaction.value(tables.terms, key) else {
      throw EventLogError.damaged(reason: "the name of an event's type is missing")
    }
    return name
  }
}
