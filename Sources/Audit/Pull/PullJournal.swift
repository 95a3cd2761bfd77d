internal import EventStore
internal import Values

/// What the log tells of how far an org's System Log was pulled.
struct PullJournal {
  private let log: EventLog
  private let origin: [UInt8]
  private let filter: String?

  /// Where the next page is; nil where nothing was pulled, or the last page named none.
  private(set) var next: String?
  /// From which time on everything was asked for, in milliseconds since 1970; nil where nothing was pulled.
  private(set) var since: Int64?
  /// The latest time that a pulled entry claims.
  private(set) var published: Int64?
  /// Where everything is that was pulled, be it new, in conflict or known before.
  private(set) var pulled = PositionSet()
  /// What was pulled and not yet compared with what hooks delivered.
  private(set) var uncompared = PositionSet()
  /// From which position on deliveries were not compared, or not all of them.
  private(set) var deliveries: UInt64 = 0
  /// The time before which deliveries up to `deliveriesEnd` were compared.
  private(set) var comparedUntil: Int64 = .min
  private(set) var deliveriesEnd: UInt64 = 0

  /// Reads what there is.
  ///
  /// - Complexity: O(*n*) in the number of pages that were pulled.
  init(_ log: EventLog, origin: [UInt8], filter: String?) throws {
    self.log = log
    self.origin = origin
    self.filter = filter
    for event in try log.events(of: PullEventType.stream(of: origin)) {
      guard case .object(let data)? = try? JSON.parse(event.data), data.filter == filter else {
        continue
      }
      switch PullEventType(rawValue: event.type) {
      case .advanced?: read(advanced: data)
      case .compared?: read(compared: data)
      case nil: continue
      }
    }
  }

  private mutating func read(advanced data: Object) {
    next = data.text("next")
    since = data.time("since") ?? since
    published = data.time("published") ?? published
    for range in data.ranges("events") {
      pulled.insert(range)
      uncompared.insert(range)
    }
  }

  private mutating func read(compared data: Object) {
    uncompared = PositionSet()
    deliveries = data.count("deliveries") ?? deliveries
    deliveriesEnd = data.count("size") ?? deliveriesEnd
    comparedUntil = data.time("until") ?? comparedUntil
  }
}

// MARK: - Writing

extension PullJournal {
  /// What is to be noted of a page.
  struct Advance {
    var next: String?
    var since: Int64
    var published: Int64?
    var positions: [Position]
  }

  /// Notes what a page brought and where the next one is; nothing where the log tells it already.
  @available(*, noasync)
  mutating func note(_ advance: Advance) throws {
    var fresh = PositionSet()
    for position in advance.positions where !pulled.contains(position) { fresh.insert(position) }
    let latest = [published, advance.published].compactMap { $0 }.max()
    guard !fresh.isEmpty || next != advance.next || since != advance.since else { return }
    var data = head
    data["since"] = .text(Instant(milliseconds: advance.since).iso8601)
    data["published"] = latest.map { .text(Instant(milliseconds: $0).iso8601) } ?? .null
    data["next"] = advance.next.map { .text(Text($0)) } ?? .null
    data["events"] = .list(
      fresh.ranges.map { range in
        .list([.number(Double(range.lowerBound)), .number(Double(range.upperBound - 1))])
      }
    )
    try log.append(AppendBatch([PullEventType.advanced.draft(of: origin, data)]))
    read(advanced: data)
  }

  /// Notes all that a comparison found, in one commit.
  @available(*, noasync)
  mutating func note(_ comparison: PullComparison) throws {
    let parts = comparison.data.map { part in
      var data = head
      for (key, value) in part { data[key] = value }
      return data
    }
    try log.append(AppendBatch(parts.map { PullEventType.compared.draft(of: origin, $0) }))
    for data in parts { read(compared: data) }
  }

  private var head: Object { ["filter": filter.map { .text(Text($0)) } ?? .null] }
}

extension Object {
  fileprivate var filter: String? { text("filter") }

  fileprivate func text(_ key: Text) -> String? {
    if case .text(let text)? = self[key] { text.description } else { nil }
  }

  fileprivate func time(_ key: Text) -> Int64? {
    if case .text(let text)? = self[key] { Instant(iso8601: text)?.milliseconds } else { nil }
  }

  fileprivate func count(_ key: Text) -> UInt64? {
    if case .number(let number)? = self[key] { UInt64(exactly: number) } else { nil }
  }

  fileprivate func ranges(_ key: Text) -> [Range<UInt64>] {
    guard case .list(let items)? = self[key] else { return [] }
    return items.compactMap { item in
      guard case .list(let bounds) = item, bounds.count == 2, case .number(let first) = bounds[0],
        case .number(let last) = bounds[1], let start = UInt64(exactly: first),
        let end = UInt64(exactly: last), start <= end, end < 1 << 60
      else { return nil }
      return start..<end + 1
    }
  }
}
