internal import Dispatch
public import EventStore
internal import Synchronization

/// Finds inbound events by filter, words and time: by the index where it can tell, else by reading.
public struct LogSearch: Sendable {
  private let log: EventLog
  private let query: SearchQuery
  private let patterns: [[TermPattern]]
  /// What is done between snapshots.
  private let pause: @Sendable () -> Void

  /// How a search was carried out.
  public struct Plan: Hashable, Sendable {
    /// The conditions the index answered, as field paths; empty where every event was read.
    public var indexed: [String] = []
    /// How many sealed segments were looked into.
    public var segments = 0
    /// How many rows of the index were read.
    public var rows = 0
    /// How many events were read to be tried.
    public var candidates = 0
    /// How many of them were found.
    public var found = 0
    /// How many events the log held.
    public var size: UInt64 = 0
  }

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - query: What is looked for.
  ///   - log: Where.
  ///   - pause: Called between snapshots of the log; what may take long belongs there.
  public init(
    _ query: SearchQuery,
    in log: EventLog,
    between pause: @escaping @Sendable () -> Void = {}
  ) {
    self.pause = pause
    self.log = log
    self.query = query
    patterns = query.patterns
  }

  /// Lends what is found, in the order asked for, while `body` returns true.
  ///
  /// - Returns: How it was carried out.
  /// - Complexity: O(*n*) in the log's length where no condition is indexed, else in the lists of
  ///   the rarest.
  @available(*, noasync)
  @discardableResult
  public func run(_ body: (LentEvent) throws -> Bool) throws -> Plan {
    var plan = Plan()
    plan.size = min(query.asOf ?? .max, try log.size().count)
    plan.indexed = indexedPaths
    let reader = JSONReader()
    var done: UInt64 = 0
    while done < plan.size, plan.found < query.limit {
      let windows = nextWindows(after: done, plan)
      let goesOn =
        windows.count == 1
        ? try search(windows[0], reader, &plan, body) : try searchAtOnce(windows, &plan, body)
      guard goesOn else { break }
      done += windows.reduce(0) { $0 + UInt64($1.count) }
    }
    return plan
  }

  /// Whether two threads are faster: where events are to be parsed, and few are then read again.
  private func isFasterAtOnce(_ plan: Plan) -> Bool {
    guard patterns.isEmpty, query.filter != nil || query.keywords != nil else { return false }
    if case .descending = query.order { return true }
    return plan.candidates > 0 && plan.found < plan.candidates / 10
  }

  /// The next stretches of the log in the order asked for, two where they are to be read at once.
  private func nextWindows(after done: UInt64, _ plan: Plan) -> [Range<Position>] {
    let size = plan.size
    let length: UInt64 = patterns.isEmpty ? 4096 : 4096 * 64
    let count = isFasterAtOnce(plan) ? 2 : 1
    var windows: [Range<Position>] = []
    var start = done
    while start < size, windows.count < count {
      let end = min(start + length, size)
      switch query.order {
      case .ascending: windows.append(Position(start)..<Position(end))
      case .descending: windows.append(Position(size - end)..<Position(size - start))
      }
      start = end
    }
    return windows
  }
}

extension LogSearch {
  private func search(
    _ range: Range<Position>,
    _ reader: JSONReader,
    _ plan: inout Plan,
    _ body: (LentEvent) throws -> Bool
  ) throws -> Bool {
    if patterns.isEmpty, case .ascending = query.order {
      var goesOn = true
      try log.scan(range, between: pause) { event in
        plan.candidates += 1
        goesOn = try offer(event, reader, &plan, body)
        return goesOn
      }
      return goesOn
    }
    guard !patterns.isEmpty else {
      return try lend(matches(in: range), &plan, body)
    }
    let result = try log.positions(matching: patterns, in: range)
    plan.segments += result.segments
    plan.rows += result.rows
    plan.candidates += result.positions.count
    var positions = result.positions
    if case .descending = query.order { positions.reverse() }
    var goesOn = true
    try log.scan(positions, between: pause) { event in
      goesOn = try offer(event, reader, &plan, body)
      return goesOn
    }
    return goesOn
  }

  /// Reads the windows on a thread each, and lends what is found in their order.
  private func searchAtOnce(
    _ windows: [Range<Position>],
    _ plan: inout Plan,
    _ body: (LentEvent) throws -> Bool
  ) throws -> Bool {
    let found = Mutex([Int: Result<Matches, any Error>]())
    DispatchQueue.concurrentPerform(iterations: windows.count) { index in
      let result = Result { try matches(in: windows[index]) }
      found.withLock { $0[index] = result }
    }
    let results = found.withLock { $0 }
    for index in windows.indices {
      guard let result = results[index], try lend(result.get(), &plan, body) else { return false }
    }
    return true
  }

  /// What reading all of a stretch of the log finds.
  private struct Matches {
    var positions: [Position] = []
    var candidates = 0
  }

  private func matches(in range: Range<Position>) throws -> Matches {
    var found = Matches()
    let reader = JSONReader()
    try log.scan(range) { event in
      found.candidates += 1
      if try isMatch(event, reader) { found.positions.append(event.position) }
      return true
    }
    return found
  }

  /// Lends events that are known to be found.
  private func lend(
    _ matches: Matches,
    _ plan: inout Plan,
    _ body: (LentEvent) throws -> Bool
  ) throws -> Bool {
    plan.candidates += matches.candidates
    var positions = matches.positions
    if case .descending = query.order { positions.reverse() }
    var goesOn = true
    try log.scan(positions, between: pause) { event in
      plan.found += 1
      goesOn = try body(event) && plan.found < query.limit
      return goesOn
    }
    return goesOn
  }

  private func offer(
    _ event: LentEvent,
    _ reader: JSONReader,
    _ plan: inout Plan,
    _ body: (LentEvent) throws -> Bool
  ) throws -> Bool {
    guard try isMatch(event, reader) else { return true }
    plan.found += 1
    return try body(event) && plan.found < query.limit
  }

  private func isMatch(_ event: LentEvent, _ reader: JSONReader) throws -> Bool {
    guard InboundEventType.isInbound(event.type) else { return false }
    if let since = query.since, event.timestamp.map({ $0 < since }) ?? true { return false }
    if let until = query.until, event.timestamp.map({ $0 >= until }) ?? true { return false }
    return try query.holds(for: event, reader)
  }

  private var indexedPaths: [String] {
    (query.filter?.indexable ?? []).map { condition in
      let paths = condition.alternatives.map { alternative in
        switch alternative {
        case .term(let term): term.field.path
        case .prefix(let field, _): field.path
        }
      }
      return Array(Set(paths)).sorted().joined(separator: " or ")
    }
  }
}
