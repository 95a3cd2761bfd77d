public import EventStore

/// Finds inbound events by filter, words and time: by the index where it can tell, else by reading.
public struct LogSearch {
  private let log: EventLog
  private let query: SearchQuery
  private let patterns: [[TermPattern]]

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
  public init(_ query: SearchQuery, in log: EventLog) {
    self.log = log
    self.query = query
    patterns = (query.filter?.indexable ?? []).map { condition in
      condition.alternatives.compactMap(Self.pattern)
    }
  }

  /// Lends what is found, in the order asked for, while `body` returns true.
  ///
  /// - Returns: How it was carried out.
  /// - Complexity: O(*n*) in the log's length where no condition is indexed, else in the lists of
  ///   the rarest.
  @discardableResult
  public func run(_ body: (LentEvent) throws -> Bool) throws -> Plan {
    var plan = Plan()
    plan.size = min(query.asOf ?? .max, try log.size().count)
    plan.indexed = indexedPaths
    let window: UInt64 = patterns.isEmpty ? 4096 : 4096 * 64
    let reader = JSONReader()
    var done: UInt64 = 0
    while done < plan.size, plan.found < query.limit {
      let length = min(window, plan.size - done)
      let range =
        switch query.order {
        case .ascending: Position(done)..<Position(done + length)
        case .descending: Position(plan.size - done - length)..<Position(plan.size - done)
        }
      guard try search(range, reader, &plan, body) else { break }
      done += length
    }
    return plan
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
      try log.scan(range) { event in
        plan.candidates += 1
        goesOn = try offer(event, reader, &plan, body)
        return goesOn
      }
      return goesOn
    }
    var positions: [Position]
    if patterns.isEmpty {
      positions = try matches(in: range, reader, &plan)
    } else {
      let result = try log.positions(matching: patterns, in: range)
      plan.segments += result.segments
      plan.rows += result.rows
      plan.candidates += result.positions.count
      positions = result.positions
    }
    if case .descending = query.order { positions.reverse() }
    var goesOn = true
    try log.scan(positions) { event in
      goesOn = try offer(event, reader, &plan, body)
      return goesOn
    }
    return goesOn
  }

  /// The positions of what is found by reading all of `range`.
  private func matches(
    in range: Range<Position>,
    _ reader: JSONReader,
    _ plan: inout Plan
  ) throws -> [Position] {
    var positions: [Position] = []
    try log.scan(range) { event in
      plan.candidates += 1
      if try isMatch(event, reader) { positions.append(event.position) }
      return true
    }
    return positions
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
    guard query.filter != nil || query.keywords != nil else { return true }
    let data = try event.data()
    do {
      return try reader.withDocument(data, capacity: data.count + LentEvent.padding) { root in
        (query.filter?.matches(root) ?? true) && (query.keywords?.matches(root) ?? true)
      }
    } catch {
      // Kept bytes whose fields cannot be read have no values to compare.
      return false
    }
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

  private static func pattern(_ alternative: Filter.IndexAlternative) -> TermPattern? {
    switch alternative {
    case .term(let term): .exactly(Term(field: term.field.rawValue, value: term.value))
    case .prefix(let field, let value): .prefix(field: field.rawValue, value)
    }
  }
}
