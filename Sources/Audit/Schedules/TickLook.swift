public import EventStore
internal import Flows
internal import Values

/// How a flow is looked at.
struct Plan {
  let now: Int64
  /// Why starts are missed that are late.
  let reason: MissedTicks.Reason
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
    for period in periods { add(period, plan, told: state.told, activation) }
    followed[flow] = TickPlanner.Followed(
      version: version,
      schedule: schedule,
      activation: activation,
      known: plan.now,
      told: max(state.told, plan.now),
      next: schedule?.next(after: Instant(milliseconds: plan.now))?.milliseconds
    )
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

  private mutating func add(
    _ period: ScheduleBook.Period,
    _ plan: Plan,
    told: Int64,
    _ activation: Position?
  ) {
    var (reason, end) = (plan.reason, period.end)
    let newest = period.isLast ? period.newest : nil
    if let newest, plan.now - newest <= TickPlanner.grace {
      if plan.isWaiting {
        reason = .busy
      } else {
        end = newest - 1
        let tick = Tick(
          flow: period.flow.flow,
          planned: Instant(milliseconds: newest),
          zone: period.schedule.cron.timeZone
        )
        due.append((tick, activation))
      }
    }
    if let some = period.missed(reason, after: told, through: end) { missed.append(some) }
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
