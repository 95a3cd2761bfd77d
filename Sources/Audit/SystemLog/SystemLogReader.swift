public import EventStore

/// Reads pages of System Log entries out of a log: the entries as they came, one for each identity.
///
/// Of entries that share an id the first is read, and no conflicting copy; redacted ones are left out.
/// For one thread at a time.
public final class SystemLogReader {
  private let log: EventLog
  private let json = JSONReader()

  /// Makes a reader.
  public init(_ log: EventLog) {
    self.log = log
  }

  private static let type = Array(InboundEventType.of(.oktaSystemLog).utf8)
  private static let ofType: [TermPattern] = [
    .exactly(Term(field: Term.typeField, value: type))
  ]
  /// How many positions or times are looked at between two looks at the clock.
  private static let stride: UInt64 = 4096

  /// A page.
  ///
  /// - Throws: `EventLogError` where the log cannot be read; `SystemLogRefusal` where a cursor leads behind
  ///   its end.
  /// - Complexity: O(*n*) in what is looked at until the page is full; the budget bounds it.
  public func page(_ query: SystemLogQuery, _ budget: SystemLogBudget) throws -> SystemLogPage {
    switch query.start {
    case .recorded(let since):
      let recorded = try firstPosition(recordedSince: since)
      let early = Early(end: recorded, since: since)
      return try polled(query, from: first(of: early) ?? recorded, early, budget)
    case .cursor(let cursor):
      switch cursor.place {
      case .position(let position): return try polled(query, from: position.rawValue, nil, budget)
      case .late(let position, let end, let since):
        let early = Early(end: end.rawValue, since: since)
        return try polled(query, from: position.rawValue, early, budget)
      case .time(let time, let order, let bounds):
        return try bounded(query, order, bounds, after: time, budget)
      }
    case .times(let times, let order):
      let bounds = SystemLogCursor.Bounds(times: times, size: try log.size().count)
      return try bounded(query, order, bounds, after: nil, budget)
    }
  }

  private func isEntry(_ event: LentEvent, _ query: SystemLogQuery) throws -> Bool {
    guard event.type == Self.type, !event.isRedacted else { return false }
    return try query.search.holds(for: event, json)
  }
}

// MARK: - In the order of the log

extension SystemLogReader {
  /// Entries that were appended before a time and say to be published at or behind it: the clock of their
  /// org is ahead, or that of this machine behind.
  private struct Early {
    /// Before this position all were appended before the time.
    let end: UInt64
    let since: Int64
  }

  /// How long before a time entries are looked for that say to be published behind it, in milliseconds.
  private static let clockError: Int64 = 600_000

  /// Where the first of such entries may be; nil where there is none.
  private func first(of early: Early) throws -> UInt64? {
    let start = try firstPosition(
      recordedSince: max(early.since, .min + Self.clockError) - Self.clockError
    )
    var times = TimeQuery(.ascending, early.since..<(.max), before: Position(early.end))
    times.groups = [Self.ofType]
    guard start < early.end else { return nil }
    return try log.claimedTimes(times, after: nil, limit: 1).isEmpty ? nil : start
  }

  /// The first position whose event was appended at or behind a time.
  private func firstPosition(recordedSince time: Int64) throws -> UInt64 {
    var (low, high) = (UInt64(0), try log.size().count)
    while low < high {
      let middle = low + (high - low) / 2
      if try recordedTime(at: middle) < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func recordedTime(at position: UInt64) throws -> Int64 {
    var time: Int64 = .max
    try log.scan([Position(position)]) { event in
      time = event.recordedTime
      return false
    }
    return time
  }

  private func polled(
    _ query: SystemLogQuery,
    from start: UInt64,
    _ early: Early?,
    _ budget: SystemLogBudget
  ) throws -> SystemLogPage {
    var page = SystemLogPage()
    let size = try log.size().count
    // Of a log that was put back to an earlier state, what came meanwhile would be missed.
    guard start <= size else {
      throw SystemLogRefusal.parameter("after", "The log ends before the cursor's place.")
    }
    let groups = [Self.ofType] + query.search.patterns
    var place = start
    var isFull = query.limit == 0
    while place < size, !isFull {
      if place > start, budget.isSpent() {
        page.isCutShort = true
        break
      }
      // Whole segments, so that none is looked into twice.
      let end = min(size, (place / Self.stride + 1) * Self.stride)
      let range = Position(place)..<Position(end)
      let found = try log.positions(matching: groups, in: range).positions
      place = end
      try log.scan(found) { event in
        if let early, event.position.rawValue < early.end {
          guard let time = event.timestamp, time >= early.since else { return true }
        }
        guard try isEntry(event, query) else { return true }
        guard page.add(try event.data(), within: budget.bytes) else {
          (isFull, place) = (true, event.position.rawValue)
          page.isCutShort = true
          return false
        }
        isFull = page.count == query.limit
        if isFull { place = event.position.rawValue + 1 }
        return !isFull
      }
    }
    page.body.append(UInt8(ascii: "]"))
    // Who asks again and again for nothing keeps one cursor, unless much would be looked at anew each time.
    let stays = page.count == 0 && !page.isCutShort && place - start < Self.stride
    let next = stays ? start : place
    if let early, next < early.end {
      page.next = SystemLogCursor(
        .late(Position(next), before: Position(early.end), since: early.since)
      )
    } else {
      page.next = SystemLogCursor(.position(Position(next)))
    }
    return page
  }
}

// MARK: - In the order of time

extension SystemLogReader {
  private func bounded(
    _ query: SystemLogQuery,
    _ order: TimeOrder,
    _ bounds: SystemLogCursor.Bounds,
    after start: ClaimedTime?,
    _ budget: SystemLogBudget
  ) throws -> SystemLogPage {
    var page = SystemLogPage()
    var times = TimeQuery(order, bounds.times, before: Position(bounds.size))
    times.groups = [Self.ofType] + query.search.patterns
    var (looked, last) = (start, start)
    var isFull = query.limit == 0
    var hasMore = false
    while !hasMore, query.limit > 0 {
      if looked != start, budget.isSpent() {
        (hasMore, page.isCutShort) = (true, true)
        if !isFull { last = looked }
        break
      }
      let found = try log.claimedTimes(times, after: looked, limit: Int(Self.stride) / 2)
      guard !found.isEmpty else { break }
      var index = 0
      try log.scan(found.map(\.position)) { event in
        defer { index += 1 }
        guard try isEntry(event, query) else { return true }
        // Behind a full page one more is looked for: the last page has no next.
        guard !isFull, page.add(try event.data(), within: budget.bytes) else {
          hasMore = true
          page.isCutShort = !isFull
          return false
        }
        last = found[index]
        isFull = page.count == query.limit
        return true
      }
      looked = found.last
    }
    page.body.append(UInt8(ascii: "]"))
    if hasMore, let last { page.next = SystemLogCursor(.time(last, order, bounds)) }
    return page
  }
}
