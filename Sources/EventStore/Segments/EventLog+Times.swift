/// Which claimed times a reader asks for.
public struct TimeQuery: Sendable {
  /// In which order.
  public var order: TimeOrder
  /// The times, in milliseconds since 1970.
  public var times: Range<Int64>
  /// Only events before this position.
  public var end: Position
  /// What an event must have, one pattern of each group; none for all.
  public var groups: [[TermPattern]] = []

  /// Makes a query of times.
  public init(_ order: TimeOrder, _ times: Range<Int64>, before end: Position) {
    self.order = order
    self.times = times
    self.end = end
  }
}

extension EventLog {
  /// The next claimed times in an order, without those of events that claim none.
  ///
  /// Works segment by segment, each in a snapshot of its own; segments that hold nothing to come are passed
  /// over by their first row. As for `positions(matching:in:limit:)`, each hit of a pattern is to be
  /// confirmed on the event's own bytes.
  ///
  /// - Parameters:
  ///   - query: Which times.
  ///   - place: The time behind which those wanted come; nil for the first.
  ///   - limit: How many are wanted at most.
  /// - Returns: The times in their order; fewer than `limit` only where there are no more.
  /// - Throws: `EventLogError.damaged` or `.corrupted` where a row does not decode; `LMDBError`.
  /// - Complexity: O(*s*) rows for *s* segments, and the entries of those segments whose times overlap what
  ///   is returned.
  public func claimedTimes(
    _ query: TimeQuery,
    after place: ClaimedTime?,
    limit: Int
  ) throws -> [ClaimedTime] {
    let end = min(query.end.rawValue, try size().count)
    guard limit > 0, end > 0, !query.times.isEmpty else { return [] }
    var next = NextTimes(query, after: place, end: end, limit: limit)
    let tail = try sealedTimeBounds(before: end, &next)
    try offerTail(tail..<end, query, to: &next)
    for segment in next.segments {
      guard next.mayHold(segment.bounds) else { break }
      try offer(segment.first, query, to: &next)
    }
    return next.taken
  }

  /// Notes which sealed segments may hold what is wanted; returns where the unsealed tail begins.
  private func sealedTimeBounds(before end: UInt64, _ next: inout NextTimes) throws -> UInt64 {
    try environment.read { transaction in
      let sealed = try LogHead.read(tables, transaction).sealed
      let cursor = try Cursor(tables.times, transaction)
      var first: UInt64 = 0
      while first < min(sealed, end) {
        let key = Keys.time(level: 0, first: first, row: 0)
        if let row = try cursor.seek(to: key), row.key.elementsEqual(key) {
          next.note(first, try Self.decoded { try TimeRows.bounds(ofFirst: row.value) })
        }
        first += tables.span
      }
      next.sortSegments()
      return min(sealed, end)
    }
  }

  private func offerTail(
    _ range: Range<UInt64>,
    _ query: TimeQuery,
    to next: inout NextTimes
  ) throws {
    guard !range.isEmpty else { return }
    let positions = Position(range.lowerBound)..<Position(range.upperBound)
    func offer(_ event: LentEvent) -> Bool {
      if let time = event.timestamp { next.offer(ClaimedTime(time, at: event.position)) }
      return true
    }
    if query.groups.isEmpty {
      try scan(positions, offer)
    } else {
      try scan(self.positions(matching: query.groups, in: positions).positions, offer)
    }
  }

  private func offer(_ first: UInt64, _ query: TimeQuery, to next: inout NextTimes) throws {
    var wanted: Set<UInt32>?
    if !query.groups.isEmpty {
      let range = Position(first)..<Position(first + tables.span)
      let found = try positions(matching: query.groups, in: range).positions
      guard !found.isEmpty else { return }
      wanted = Set(found.map { UInt32(truncatingIfNeeded: $0.rawValue - first) })
    }
    try environment.read { transaction in
      let cursor = try Cursor(tables.times, transaction)
      try Self.decoded {
        try TimeRows.forEach(of: first, cursor) { time, offset in
          let place = ClaimedTime(time, at: Position(first + UInt64(offset)))
          if wanted?.contains(offset) ?? true { next.offer(place) }
          return !next.isPast(time)
        }
      }
    }
  }

  private static func decoded<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch is ByteReader.Malformed {
      throw EventLogError.damaged(reason: "the times of a segment are malformed")
    }
  }
}

/// Keeps the first so many of the times it is offered, in an order.
private struct NextTimes {
  private let order: TimeOrder
  private let times: Range<Int64>
  private let place: ClaimedTime?
  private let end: UInt64
  private let limit: Int
  private var kept: [ClaimedTime] = []
  /// The last of those that are certainly enough.
  private var last: ClaimedTime?
  /// Segments that may hold some, in the order in which their times begin.
  private(set) var segments: [(first: UInt64, bounds: ClosedRange<Int64>)] = []

  init(_ query: TimeQuery, after place: ClaimedTime?, end: UInt64, limit: Int) {
    order = query.order
    times = query.times
    self.place = place
    self.end = end
    self.limit = limit
  }

  mutating func note(_ first: UInt64, _ bounds: ClosedRange<Int64>) {
    guard bounds.lowerBound < times.upperBound, bounds.upperBound >= times.lowerBound else {
      return
    }
    if let place {
      switch order {
      case .ascending: guard bounds.upperBound >= place.milliseconds else { return }
      case .descending: guard bounds.lowerBound <= place.milliseconds else { return }
      }
    }
    segments.append((first, bounds))
  }

  mutating func sortSegments() {
    switch order {
    case .ascending: segments.sort { $0.bounds.lowerBound < $1.bounds.lowerBound }
    case .descending: segments.sort { $0.bounds.upperBound > $1.bounds.upperBound }
    }
  }

  /// Whether times within bounds can still be among the first.
  func mayHold(_ bounds: ClosedRange<Int64>) -> Bool {
    guard let last else { return true }
    return switch order {
    case .ascending: bounds.lowerBound <= last.milliseconds
    case .descending: bounds.upperBound >= last.milliseconds
    }
  }

  /// Whether no later time of a segment can be among the first.
  func isPast(_ time: Int64) -> Bool {
    switch order {
    case .ascending: time >= times.upperBound || last.map { time > $0.milliseconds } ?? false
    case .descending: time >= times.upperBound || place.map { time > $0.milliseconds } ?? false
    }
  }

  mutating func offer(_ time: ClaimedTime) {
    guard times.contains(time.milliseconds), time.position.rawValue < end else { return }
    if let place, !order.puts(place, before: time) { return }
    if let last, !order.puts(time, before: last) { return }
    kept.append(time)
    if kept.count >= 2 * limit { cut() }
  }

  private mutating func cut() {
    kept.sort { order.puts($0, before: $1) }
    kept.removeLast(max(0, kept.count - limit))
    if kept.count == limit { last = kept.last }
  }

  /// The first, in order.
  var taken: [ClaimedTime] {
    mutating get {
      cut()
      return kept
    }
  }
}
