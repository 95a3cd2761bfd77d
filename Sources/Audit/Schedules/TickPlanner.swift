public import EventStore
public import Flows
public import Values

/// Says which flows are due, whenever it is asked; time is handed in.
///
/// Of the starts that have come since it was asked last, the latest is due, if it is at most a minute
/// ago and the flow's version is active still; the others are missed. So a tick is late by a minute
/// at most, and none is caught up. What a flow misses while its former tick waits for a worker is told when
/// its next tick goes through, or after a minute, as one.
///
///     var planner = try TickPlanner(log, zones: zones)
///     let look = try planner.look(at: now)
///     // append look.drafts, then:
///     planner.settle(look)
///
/// For one thread at a time, and one process at a time for each log.
public struct TickPlanner {
  /// How late a start may be, in milliseconds.
  public static let grace: Int64 = 60_000

  /// A flow as it was when it was looked at.
  struct Followed: Sendable {
    /// The active version; nil where none is.
    let version: RegisteredFlow?
    /// Its schedule; nil where it has none that can be followed.
    let schedule: Schedule?
    /// The event that made it the active one.
    let activation: Position?
    /// Up to here starts are past.
    var known: Int64
    /// Up to here starts are ticks of the log or told of as missed.
    var told: Int64
    /// When the flow is to be looked at again: at its next start.
    var next: Int64?
    /// What was missed behind `known` while the flow's tick waited, and is not told of yet.
    var held: Held?
  }

  /// Starts that were missed while a tick before them waited.
  struct Held: Sendable {
    /// Since when there are some.
    var since: Int64
    /// Up to here all are.
    var through: Int64
  }

  /// For how long missed starts are held back to be told as one, in milliseconds.
  static let holding: Int64 = 60_000

  private let log: EventLog
  private let book: ScheduleBook
  private let served: Int64
  private var followed: [Text: Followed] = [:]
  private var active: (size: UInt64, versions: [Text: RegisteredFlow?])?
  private var lastLook: Int64?
  private var isPaused = false
  /// When a server that was told to start nothing before its first look began.
  private var pausedFirst: Int64?

  /// Makes a planner for a log whose flows are run from now on.
  ///
  /// - Parameters:
  ///   - log: The log.
  ///   - zones: The time zones of the machine.
  /// - Throws: `EventLogError`.
  public init(_ log: EventLog, zones: ZoneDatabase) throws {
    self.log = log
    book = ScheduleBook(log, zones: zones)
    served = try book.servedSince() ?? .max
  }

  /// When a flow is due next, in milliseconds since 1970; nil where none is known to be.
  public var nextStart: Int64? { followed.values.compactMap(\.next).min() }

  /// What is due at a time, in milliseconds since 1970.
  ///
  /// The same is due again until `settle(_:)` is told of it. Where the time is before that of the look
  /// before, starts are planned from it on; what is in the log as a tick is a duplicate there.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - waiting: The flows a tick of which still waits to be run.
  /// - Returns: What starts, what was missed, and what cannot be followed.
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*n*) in the versions of flows where the log has grown, and in missed starts.
  public mutating func look(at now: Int64, waiting: Set<Text> = []) throws -> TickLook {
    if let lastLook, now < lastLook { turnBack(to: now) }
    var look = TickLook(time: now)
    let reasons = self.reasons
    for (flow, version) in try versions().sorted(by: { $0.key < $1.key }) {
      let former = followed[flow]
      if let former, former.version == version {
        guard let next = former.next, next <= now else { continue }
      }
      do {
        let plan = Plan(now: now, reasons: reasons, isWaiting: waiting.contains(flow))
        try look.add(plan, flow, version, try state(of: flow, former, at: now), book, former)
      } catch let error as FlowRegistryError {
        look.add(flow, version, problem: "\(error)", at: now)
      }
    }
    return look
  }

  /// Takes note that all of a look is durable.
  public mutating func settle(_ look: TickLook) {
    followed.merge(look.followed) { $1 }
    lastLook = look.time
    isPaused = false
  }

  /// Takes note that nothing may start at a time, in milliseconds since 1970; it is not looked until that is
  /// over.
  public mutating func pause(at now: Int64) {
    if lastLook == nil, pausedFirst == nil { pausedFirst = now }
    isPaused = true
  }

  /// Why starts are missed that have come since the last look.
  private var reasons: [Plan.Cause] {
    guard lastLook == nil else {
      return [Plan.Cause(reason: isPaused ? .paused : .late, through: .max)]
    }
    guard let pausedFirst else { return [Plan.Cause(reason: .notServed, through: .max)] }
    return [
      Plan.Cause(reason: .notServed, through: pausedFirst - 1),
      Plan.Cause(reason: .paused, through: .max),
    ]
  }

  /// Since when starts of a flow are looked for, and up to when they are told of.
  private func state(
    of flow: Text,
    _ former: Followed?,
    at now: Int64
  ) throws -> (known: Int64, told: Int64) {
    if let former { return (former.known, former.told) }
    let told = max(served, try book.settled(flow) ?? .min)
    return (min(told, now), told)
  }

  /// The clock was put back.
  private mutating func turnBack(to now: Int64) {
    for (flow, var state) in followed where max(state.known, state.held?.through ?? .min) > now {
      state.known = min(state.known, now)
      state.next = state.schedule?.next(after: Instant(milliseconds: now))?.milliseconds
      if let held = state.held {
        state.held = Held(since: min(held.since, now), through: min(held.through, now))
      }
      followed[flow] = state
    }
  }

  private mutating func versions() throws -> [Text: RegisteredFlow?] {
    let size = try log.size().count
    if let active, active.size == size { return active.versions }
    let versions = try book.activeVersions()
    active = (size, versions)
    return versions
  }
}
