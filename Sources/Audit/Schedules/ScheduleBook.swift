public import EventStore
public import Flows
public import Values

/// What a log tells of its flows' schedules: which count, which counted when, and what came of them.
public struct ScheduleBook {
  private let log: EventLog
  private let zones: ZoneDatabase
  private let registry: FlowRegistry

  /// Reads a log; the zones are those of the machine.
  public init(_ log: EventLog, zones: ZoneDatabase) {
    self.log = log
    self.zones = zones
    registry = FlowRegistry(log)
  }

  /// The stream in which servers that run flows tell how far they are.
  public static let runnerStream = StreamID("runner")

  /// When the first server began to run flows, in milliseconds since 1970; nil where none did.
  ///
  /// What was planned before is not missed.
  public func servedSince() throws -> Int64? {
    guard let first = try log.firstPosition(of: Self.runnerStream) else { return nil }
    return try log.event(at: first)?.recordedTime
  }

  /// Of each flow that begins with a schedule the active version, else the latest; by name.
  ///
  /// - Throws: As `FlowRegistry.list()` does.
  public func flows() throws -> [RegisteredFlow] {
    FlowRegistry.current(try registry.list().filter(Self.isScheduled))
      .sorted { ($0.name, $0.flow) < ($1.name, $1.flow) }
  }

  /// The ids of flows of which a version begins with a schedule, and the version that is active.
  func activeVersions() throws -> [Text: RegisteredFlow?] {
    var versions: [Text: RegisteredFlow?] = [:]
    let all = try registry.list()
    for flow in all where Self.isScheduled(flow) { versions[flow.flow] = .some(nil) }
    for flow in all where flow.isActive && Self.isScheduled(flow) { versions[flow.flow] = flow }
    return versions
  }

  static func isScheduled(_ flow: RegisteredFlow) -> Bool {
    flow.trigger == "scheduled"
  }

  /// The schedule of a version; nil where it has none.
  ///
  /// - Throws: `ScheduleError` where it cannot be followed; `FlowRegistryError` where the definition
  ///   cannot be read.
  public func schedule(of flow: RegisteredFlow) throws -> Schedule? {
    guard case .scheduled(let cron) = try registry.closure(of: flow).flow.trigger else {
      return nil
    }
    return try Schedule(cron, zones: zones)
  }
}

// MARK: - What counted when

extension ScheduleBook {
  /// The event that made the active version of a flow the active one; nil where none is.
  func activation(of flow: Text) throws -> Position? {
    let last = try registry.history(of: flow).last { $0.change != .registered }
    return last.flatMap { $0.change == .activated ? $0.position : nil }
  }

  /// A stretch of time in which one version of a flow was active.
  struct Period {
    let flow: RegisteredFlow
    let schedule: Schedule
    /// Behind it starts are planned, up to and with `end`; milliseconds since 1970.
    let start: Int64
    let end: Int64
    /// Whether the version is active still.
    let isLast: Bool
  }

  /// Which schedules of a flow counted behind one time and up to another.
  ///
  /// Times in which a schedule counted that cannot be followed are left out.
  func periods(of flow: Text, after start: Int64, through end: Int64) throws -> [Period] {
    let versions = Dictionary(
      try registry.list().filter { $0.flow == flow }.map { ($0.version, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let switches = try registry.history(of: flow).filter { $0.change != .registered }
    var periods: [Period] = []
    for (place, entry) in switches.enumerated() where entry.change == .activated {
      let next = place + 1 < switches.count ? switches[place + 1].recordedTime : nil
      let (from, to) = (max(start, entry.recordedTime - 1), min(end, next.map { $0 - 1 } ?? end))
      guard from < to, let version = versions[entry.version] else { continue }
      do {
        guard let schedule = try schedule(of: version) else { continue }
        periods.append(
          Period(flow: version, schedule: schedule, start: from, end: to, isLast: next == nil)
        )
      } catch is ScheduleError {
        continue
      }
    }
    return periods
  }
}

// MARK: - What came of them

extension ScheduleBook {
  /// The tick of a flow that was appended last, and where; nil where there is none.
  ///
  /// Where the last ones cannot be read, the last few are looked at.
  public func lastTick(of flow: Text) throws -> (tick: Tick, position: Position)? {
    for position in try log.lastPositions(of: Tick.stream(of: flow), count: 16).reversed() {
      if let tick = try log.event(at: position).flatMap(Tick.init) { return (tick, position) }
    }
    return nil
  }

  /// What the log tells of a flow's missed starts, first to last, each with its position.
  public func missed(of flow: Text) throws -> [(missed: MissedTicks, position: Position)] {
    try log.events(of: MissedTicks.stream(of: flow)).compactMap { event in
      MissedTicks(event).map { ($0, event.position) }
    }
  }

  /// Up to when everything was started or told of as missed; nil where nothing was yet.
  ///
  /// A clock that was put back may have left ticks behind later ones; the last few are looked at.
  func settled(_ flow: Text) throws -> Int64? {
    var last: Int64?
    for stream in [Tick.stream(of: flow), MissedTicks.stream(of: flow)] {
      for position in try log.lastPositions(of: stream, count: 16) {
        guard let event = try log.event(at: position) else { continue }
        let time = Tick(event)?.planned ?? MissedTicks(event)?.last
        if let time { last = max(last ?? .min, time.milliseconds) }
      }
    }
    return last
  }

  /// What a server that began to run flows now would tell of as missed; nothing where none ever ran.
  ///
  /// - Parameters:
  ///   - flow: The flow's id.
  ///   - now: The time, in milliseconds since 1970.
  /// - Returns: One for each version that was active, in order.
  /// - Throws: `EventLogError`; `FlowRegistryError` where a definition cannot be read.
  public func overdue(_ flow: Text, at now: Int64) throws -> [MissedTicks] {
    guard let served = try servedSince() else { return [] }
    let start = max(served, try settled(flow) ?? .min)
    let end = now - TickPlanner.grace
    guard start < end else { return [] }
    return try periods(of: flow, after: start, through: end).compactMap { $0.missed(.notServed) }
  }
}

extension ScheduleBook.Period {
  /// All that is planned in the period, up to `end` where one is given, as missed; nil where nothing is.
  func missed(
    _ reason: MissedTicks.Reason,
    after start: Int64? = nil,
    through end: Int64? = nil
  ) -> MissedTicks? {
    let after = Instant(milliseconds: max(self.start, start ?? self.start))
    let through = Instant(milliseconds: min(self.end, end ?? self.end))
    guard after < through, let first = schedule.next(after: after), first <= through,
      let last = schedule.last(after: after, through: through)
    else { return nil }
    let most = MissedTicks.mostCounted
    let count = schedule.count(after: after, through: through, limit: most + 1)
    return MissedTicks(
      flow: flow.flow,
      name: flow.name,
      version: flow.version,
      zone: schedule.cron.timeZone,
      count: min(count, most),
      isMore: count > most,
      first: first,
      last: last,
      reason: reason
    )
  }
}
