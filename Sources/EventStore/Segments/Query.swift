/// What an event must have to be found: a term, or one of many.
public enum TermPattern: Hashable, Sendable {
  /// Exactly this term.
  case exactly(Term)
  /// Any term of the field whose value begins so; not for fields that are nearly unique.
  case prefix(field: UInt8, [UInt8])
}

/// Which positions an index query found, and what finding them took.
public struct QueryResult: Hashable, Sendable {
  /// The positions, ascending.
  public var positions: [Position] = []
  /// How many sealed segments were looked into.
  public var segments = 0
  /// How many headers of the unsealed tail were read.
  public var headers = 0
  /// How many rows of the index were read.
  public var rows = 0
}

extension EventLog {
  /// The positions in `range` whose events have, for every group, a term of one of its patterns.
  ///
  /// Without groups, that is every position. Values of nearly unique fields are found by a hash of 24
  /// bits, and long values by their first bytes and a hash: confirm each hit on the event's own
  /// bytes.
  ///
  /// - Parameters:
  ///   - groups: What an event must have, one pattern of each group.
  ///   - range: Where to look.
  ///   - limit: Stops behind the segment in which that many have been found.
  /// - Returns: The positions and what finding them took.
  /// - Throws: `EventLogError.damaged` or `.corrupted` where a row does not decode; `LMDBError`.
  /// - Complexity: O(*s* · *t*) for *s* segments and *t* terms, and the lists' lengths.
  public func positions(
    matching groups: [[TermPattern]],
    in range: Range<Position>,
    limit: Int = .max
  ) throws -> QueryResult {
    var result = QueryResult()
    let end = min(range.upperBound.rawValue, try size().count)
    let start = min(range.lowerBound.rawValue, end)
    var first = start / tables.span * tables.span
    while first < end, result.positions.count < limit {
      // A slice of segments for each snapshot.
      try environment.read { transaction in
        let search = try SegmentSearch(self, groups, transaction)
        var slices = 0
        while first < end, slices < 64, result.positions.count < limit {
          try search.collect(first, start..<end, into: &result, transaction)
          first += tables.span
          slices += 1
        }
      }
    }
    return result
  }
}

/// A query in one snapshot, its terms resolved to numbers.
private struct SegmentSearch {
  private let tables: LogTables
  private let sealed: UInt64
  private let groups: [[EventHeader.TermNumber]]

  init(
    _ log: EventLog,
    _ groups: [[TermPattern]],
    _ transaction: borrowing ReadTransaction
  ) throws {
    tables = log.tables
    sealed = try LogHead.read(tables, transaction).sealed
    var resolved: [[EventHeader.TermNumber]] = []
    for group in groups {
      var numbers: [EventHeader.TermNumber] = []
      for pattern in group {
        switch pattern {
        case .exactly(let term):
          if let number = try Self.number(term, log, transaction) { numbers.append(number) }
        case .prefix(let field, let value):
          numbers += try Self.numbers(field, beginning: value, log, transaction)
        }
      }
      resolved.append(numbers)
    }
    self.groups = resolved
  }

  private static func number(
    _ term: Term,
    _ log: EventLog,
    _ transaction: borrowing ReadTransaction
  ) throws -> EventHeader.TermNumber? {
    guard !Term.isNearUnique(term.field) else {
      let hash = Preparation.keyedHash(term, log.secret)
      return EventHeader.TermNumber(field: term.field, number: hash)
    }
    return try TermNumbers.number(Keys.term(term.value), log.tables.terms, transaction).map {
      EventHeader.TermNumber(field: term.field, number: $0)
    }
  }

  private static func numbers(
    _ field: UInt8,
    beginning prefix: [UInt8],
    _ log: EventLog,
    _ transaction: borrowing ReadTransaction
  ) throws -> [EventHeader.TermNumber] {
    let stem = Keys.term(Array(prefix.prefix(400)))
    var numbers: [EventHeader.TermNumber] = []
    let cursor = try Cursor(log.tables.terms, transaction)
    var row = try cursor.seek(to: stem)
    while let current = row, current.key.starts(with: stem) {
      let number = try TermNumbers.number(inRow: current.value)
      numbers.append(EventHeader.TermNumber(field: field, number: number))
      row = try cursor.next()
    }
    return numbers
  }

  /// Adds what the segment that begins at `first` holds within `range`.
  func collect(
    _ first: UInt64,
    _ range: Range<UInt64>,
    into result: inout QueryResult,
    _ transaction: borrowing ReadTransaction
  ) throws {
    let segment = (first..<first + tables.span).clamped(to: range)
    guard !segment.isEmpty, !groups.contains(where: \.isEmpty) else { return }
    guard first < sealed else {
      try collectFromHeaders(segment, into: &result, transaction)
      return
    }
    result.segments += 1
    var offsets: [UInt32]?
    for group in groups {
      var found: [UInt32] = []
      for term in group { try lookUp(term, first, &found, &result.rows, transaction) }
      if group.count > 1 { found = Array(Set(found)).sorted() }
      offsets = offsets.map { $0.intersecting(sorted: found) } ?? found
      if offsets?.isEmpty ?? false { return }
    }
    guard let offsets else {
      result.positions += segment.map(Position.init)
      return
    }
    for offset in offsets where segment.contains(first + UInt64(offset)) {
      result.positions.append(Position(first + UInt64(offset)))
    }
  }

  private func collectFromHeaders(
    _ segment: Range<UInt64>,
    into result: inout QueryResult,
    _ transaction: borrowing ReadTransaction
  ) throws {
    try EventRow.headers(in: segment, tables.events, transaction) { position, header in
      result.headers += 1
      let type = EventHeader.TermNumber(field: Term.typeField, number: header.type)
      let matches = groups.allSatisfy { group in
        group.contains { $0 == type || header.terms.contains($0) }
      }
      if matches { result.positions.append(Position(position)) }
    }
  }

  private func lookUp(
    _ term: EventHeader.TermNumber,
    _ first: UInt64,
    _ offsets: inout [UInt32],
    _ rows: inout Int,
    _ transaction: borrowing ReadTransaction
  ) throws {
    let cursor = try Cursor(tables.segments, transaction)
    let stem = Array(
      Keys.posting(level: 0, first: first, field: term.field, term: 0, offset: 0).prefix(10)
    )
    var row = try cursor.seek(
      atOrBefore: Keys.posting(
        level: 0,
        first: first,
        field: term.field,
        term: term.number,
        offset: 0
      )
    )
    if let current = row, !current.key.starts(with: stem) { row = try cursor.next() }
    if row == nil { row = try cursor.first() }
    while let current = row, current.key.starts(with: stem) {
      rows += 1
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: current.key.dropFirst(10)))
      let firstTerm = try reader.ordered(UInt32.self)
      guard firstTerm <= term.number,
        try PostingRows.collect(
          term.number,
          from: current.value,
          firstTerm: firstTerm,
          into: &offsets
        )
      else { return }
      row = try cursor.next()
    }
  }
}

extension [UInt32] {
  /// The items of both, where both are ascending.
  fileprivate func intersecting(sorted other: [UInt32]) -> [UInt32] {
    var common: [UInt32] = []
    var rest = other[...]
    for item in self {
      while let next = rest.first, next < item { rest = rest.dropFirst() }
      if rest.first == item { common.append(item) }
    }
    return common
  }
}
