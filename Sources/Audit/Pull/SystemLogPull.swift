public import EventStore
internal import Values

/// Pulls an org's System Log into a log, page by page, and compares it with what the org's hooks delivered.
///
/// A page is in the log before the place of the next one is, so that an end at any moment loses nothing; what
/// comes again is known by its id. What is pulled starts no flow.
///
/// Source: Okta, "System Log API": polling requests.
public struct SystemLogPull {
  private let log: EventLog
  private let origin: [UInt8]
  private let options: PullOptions
  private let world: PullWorld
  private let intake: PageIntake
  private var asking: PageAsking
  private var journal: PullJournal
  private var hooks: [RegisteredHook] = []
  private var hasRun = false
  private var report = PullReport()

  /// Prepares a pull.
  ///
  /// - Parameters:
  ///   - log: Where the entries go.
  ///   - url: The org's address, which is the origin of its entries.
  ///   - connection: What the connection is called, for the log.
  ///   - options: What is pulled.
  ///   - world: What asks the org, the clock, and what waits.
  /// - Throws: `FilterError`; what reading the log throws.
  public init(
    _ log: EventLog,
    url: String,
    connection: String,
    _ options: PullOptions,
    _ world: PullWorld
  ) throws {
    self.log = log
    self.options = options
    self.world = world
    origin = Origin.normalized(url)
    if let filter = options.filter { _ = try Filter(filter) }
    intake = try PageIntake(log, origin: origin, connection: connection)
    asking = PageAsking(world, intake)
    journal = try PullJournal(log, origin: origin, filter: options.filter)
  }

  /// Pulls to the end of the org's log, as it is then.
  ///
  /// - Parameter progress: Told behind each page.
  /// - Returns: What was done since the last call.
  /// - Throws: `InterruptedPull`; `EventLogError` where the log does not take what came.
  /// - Complexity: O(bytes) for what comes; then as for the entries and deliveries that are compared.
  @available(*, noasync)
  public mutating func run(
    progress: (PullProgress) -> Void = { _ in }
  ) throws -> PullReport {
    report = PullReport()
    hooks = try DeliveryComparison.hooks(of: origin, in: log)
    do {
      try pull(progress)
    } catch let stop as PageAsking.Stop {
      // What came need not come again.
      hasRun = hasRun || report.pages > 0
      throw InterruptedPull(report: report, reason: stop.reason, isPassing: stop.isPassing)
    }
    hasRun = true
    try compare()
    return report
  }
}

// MARK: - Pages

extension SystemLogPull {
  private mutating func pull(_ progress: (PullProgress) -> Void) throws {
    let kept = options.since == nil || hasRun ? journal.next : nil
    let start = options.since ?? journal.published.map { $0 - options.overlap }
    var since = start ?? world.now() - PullOptions.usualSpan
    begin(at: since)
    var address = kept ?? first(since: since)
    var asked = world.now()
    let answer: PulledAnswer
    do throws(PageAsking.Stop) {
      answer = try asking.ask(&address)
    } catch {
      guard error.isOfAddress, kept != nil else { throw error }
      // What came of late comes again, and is known by its id.
      report.isRestarted = true
      since = (journal.published ?? since) - options.overlap
      address = first(since: since)
      asked = world.now()
      answer = try asking.ask(&address)
    }
    try follow(answer, at: address, asked, progress)
  }

  /// Notes from when on everything is pulled: what was pulled before counts where this begins within it.
  private mutating func begin(at since: Int64) {
    guard let before = journal.since, let published = journal.published, since <= published else {
      report.since = since
      return
    }
    report.since = min(before, since)
  }

  private mutating func follow(
    _ first: PulledAnswer,
    at start: String,
    _ began: Int64,
    _ progress: (PullProgress) -> Void
  ) throws {
    var (answer, address, asked) = (first, start, began)
    var came: Set<String> = []
    while true {
      report.pages += 1
      let end = hooks.isEmpty ? nil : asked - options.patience
      let page = try intake.append(
        answer.body,
        before: end,
        horizon: asked + max(options.patience, Self.clockError)
      )
      count(page)
      progress(
        PullProgress(
          entries: report.entries.appended + report.entries.duplicates
            + report.entries.conflicting,
          pages: report.pages,
          published: page.published ?? journal.published
        )
      )
      guard page.heldBack == 0 else {
        try note(page, next: address)
        report.until = end
        return
      }
      if page.count == 0, !(answer.isCutShort && answer.next != address) {
        report.until = asked
        return
      }
      guard let next = answer.next else {
        try note(page, next: nil)
        report.until = asked
        return
      }
      came.insert(address)
      guard !came.contains(next) else {
        try note(page, next: journal.next ?? start)
        throw PageAsking.Stop("the org names a page as the next one that came already: \(next)")
      }
      try note(page, next: next)
      guard report.pages < options.pageLimit else { return }
      address = next
      asked = world.now()
      answer = try asking.ask(&address)
    }
  }

  private mutating func count(_ page: PageIntake.Outcome) {
    report.entries.count(page.outcomes)
    report.entries.rejected += page.rejected
    report.heldBack += page.heldBack
    report.ahead += page.ahead
  }

  private mutating func note(_ page: PageIntake.Outcome, next: String?) throws {
    try journal.note(
      PullJournal.Advance(
        next: next,
        since: report.since,
        published: page.published,
        positions: page.outcomes.map(\.position)
      )
    )
  }

  private func first(since: Int64) -> String {
    let time = Instant(milliseconds: since).iso8601.description.replacing(":", with: "%3A")
    var address = "\(Self.path)?since=\(time)&limit=\(PageAsking.pageSize)&sortOrder=ASCENDING"
    if let filter = options.filter { address += "&filter=\(Self.encoded(filter))" }
    return address
  }

  /// So far apart clocks may be, in milliseconds.
  private static let clockError: Int64 = 60_000
  private static let path = "/api/v1/logs"

  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
      let lowered = byte.asciiLowered
      let isPlain = (0x61...0x7A).contains(lowered) || byte.isDigit || "-._~".utf8.contains(byte)
      return isPlain ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

// MARK: - Hooks

extension SystemLogPull {
  private mutating func compare() throws {
    guard !hooks.isEmpty else { return }
    let scope = DeliveryComparison.Scope(
      origin: origin,
      filter: try options.filter.map { try Filter($0) },
      since: report.since,
      until: report.until.map { min($0, world.now() - options.patience) }
    )
    let comparison = try DeliveryComparison(log, scope, hooks).run(journal)
    // What was compared is not to be read again, also where nothing was expected of it.
    if !comparison.isEmpty || !journal.uncompared.isEmpty { try journal.note(comparison) }
    report.comparison = comparison
  }
}
