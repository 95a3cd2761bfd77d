public import EventStore
internal import Flows
internal import Values

/// How a flow is looked at.
struct Plan {
  /// Why starts are missed.
  struct Cause {
    let reason: MissedTicks.Reason
    /// Those up to and with this time, and behind that of the cause before.
    let through: Int64
  }

  let now: Int64
  /// Why starts are missed that are late, by when they were planned; the last one's time is without end.
  let reasons: [Cause]
  let isWaiting: Bool
}

/// What is due at one time.
public struct TickLook: Sendable {
  /// When it was looked, in milliseconds since 1970.
  public let time: Int64
  /// What starts now; what the log has already is a duplicate there.
  public var ticks: [Tick] { due.map(\.tick) }
  private var due: [(tick: Tick, activation: Position?)] = []
  /// What did not start and will not.
  public private(set) var missed: [MissedTicks] = []
  /// Why flows do not start by themselves, told once for each version.
  public private(set) var problems: [String] = []
  private(set) var followed: [Text: TickPlanner.Followed] = [:]

  init(time: Int64) {
    self.time = time
  }

  /// All that the log is to tell of, in order; what was missed stands before what starts.
  public var drafts: [EventStore.EventDraft] {
    missed.map(\.draft) + due.map { $0.tick.draft(plannedBy: $0.activation) }
  }
}

extension TickLook {
  mutating func add(
    _ plan: Plan,
    _ flow: Text,
    _ version: RegisteredFlow?,
    _ state: (known: Int64, told: Int64),
    _ book: ScheduleBook,
    _ former: TickPlanner.Followed?
  ) throws {
    let isSame = former.map { $0.version == version } ?? false
    let schedule = isSame ? former?.schedule : try self.schedule(of: version, book)
    let activation = isSame ? former?.activation : try book.activation(of: flow)
    let periods: [ScheduleBook.Period]
    if isSame, let version, let schedule {
      periods = [
        ScheduleBook.Period(
          flow: version,
          schedule: schedule,
          start: state.known,
          end: plan.now,
          isLast: true
        )
      ]
    } else {
      periods = try book.periods(of: flow, after: state.known, through: plan.now)
    }
    let next = schedule?.next(after: Instant(milliseconds: plan.now))?.milliseconds
    let (held, due) = Self.due(in: periods, plan, former?.held)
    if isSame, var former, let held, due == nil, plan.now - held.since < TickPlanner.holding {
      former.held = held
      former.next = min(next ?? .max, held.since + TickPlanner.holding)
      followed[flow] = former
      return
    }
    for period in periods {
      add(missed: period, plan, held, from: state.told, before: period.isLast ? due : nil)
    }
    if let due, let period = periods.last { add(due: due, of: period, activation) }
    followed[flow] = TickPlanner.Followed(
      version: version,
      schedule: schedule,
      activation: activation,
      known: plan.now,
      told: max(state.told, plan.now),
      next: next
    )
  }

  /// What is held back now, and the start that is due; nil where none is.
  private static func due(
    in periods: [ScheduleBook.Period],
    _ plan: Plan,
    _ held: TickPlanner.Held?
  ) -> (held: TickPlanner.Held?, due: Int64?) {
    guard let newest = periods.last(where: \.isLast)?.newest,
      plan.now - newest <= TickPlanner.grace, newest > held?.through ?? .min
    else { return (held, nil) }
    guard plan.isWaiting else { return (held, newest) }
    return (TickPlanner.Held(since: held?.since ?? plan.now, through: plan.now), nil)
  }

  /// A flow that cannot be looked at; it is left alone until another version of it is active.
  mutating func add(_ flow: Text, _ version: RegisteredFlow?, problem: String, at now: Int64) {
    problems.append(problem)
    followed[flow] = TickPlanner.Followed(
      version: version,
      schedule: nil,
      activation: nil,
      known: now,
      told: now
    )
  }

  /// Tells what was missed of a period, each stretch with its reason.
  private mutating func add(
    missed period: ScheduleBook.Period,
    _ plan: Plan,
    _ held: TickPlanner.Held?,
    from told: Int64,
    before due: Int64?
  ) {
    var causes = plan.reasons
    if let held { causes.insert(Plan.Cause(reason: .busy, through: held.through), at: 0) }
    let end = due.map { $0 - 1 } ?? period.end
    var start = told
    for cause in causes where cause.through > start {
      let last = min(cause.through, end)
      if let some = period.missed(cause.reason, after: start, through: last) { missed.append(some) }
      start = cause.through
    }
  }

  private mutating func add(
    due planned: Int64,
    of period: ScheduleBook.Period,
    _ activation: Position?
  ) {
    let tick = Tick(
      flow: period.flow.flow,
      planned: Instant(milliseconds: planned),
      zone: period.schedule.cron.timeZone
    )
    due.append((tick, activation))
  }

  private mutating func schedule(
    of version: RegisteredFlow?,
    _ book: ScheduleBook
  ) throws -> Schedule? {
    guard let version else { return nil }
    do {
      return try book.schedule(of: version)
    } catch let error as ScheduleError {
      problems.append("\(version.label) does not start by itself: \(error)")
      return nil
    }
  }
}

extension ScheduleBook.Period {
  /// The last start that is planned in it, in milliseconds since 1970.
  fileprivate var newest: Int64? {
    schedule.last(after: Instant(milliseconds: start), through: Instant(milliseconds: end))?
      .milliseconds
  }
}
