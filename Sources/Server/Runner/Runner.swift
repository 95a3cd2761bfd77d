internal import Audit
internal import Dispatch
internal import EventStore
internal import Foundation
internal import Synchronization
internal import Values

/// Runs the active flows that events start, on threads of its own.
///
/// An event that was answered with success starts its flows once, also where the process ends between
/// the two: what the journal does not tell of is looked through when a runner starts.
final class Runner: Sendable {
  private let log: EventLog
  private let starter: FlowStarter
  private let hooks: HookBook
  private let clock: ServerClock
  private let journal: RunnerJournal
  private let pause: RunnerSwitch
  private let meter: ServerMeter
  private let report: @Sendable (String) -> Void
  private let threads: Int
  private let state: Mutex<State>
  /// The flows a tick of which waits here.
  let waitingTicks = WaitingTicks()
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  private struct State {
    var queue: RunnerQueue
    var hasEnded = false
    /// How many pieces of work were done since the journal was told.
    var done = 0
    /// What the journal was told last.
    var told: UInt64 = 0
    /// Since when there is nothing to do and the journal does not say so, in milliseconds since 1970.
    var idleSince: Int64?
    /// How often an event could not be looked at.
    var failures: [UInt64: Int] = [:]
  }

  /// After so many pieces of work the journal is told how far everything is.
  private static let stride = 500

  /// Makes a runner; what was left over by the one before is the first it does.
  ///
  /// - Throws: `EventLogError`.
  init(
    _ log: EventLog,
    _ starter: FlowStarter,
    _ hooks: HookBook,
    _ clock: ServerClock,
    _ meter: ServerMeter,
    threads: Int,
    report: @escaping @Sendable (String) -> Void
  ) throws {
    self.log = log
    self.starter = starter
    self.hooks = hooks
    self.clock = clock
    self.meter = meter
    self.threads = threads
    self.report = report
    journal = RunnerJournal(log)
    pause = RunnerSwitch(log)
    let size = try log.size().count
    let known = try journal.position()
    // What came before the first server is not its business.
    if known == nil { try journal.advance(to: size) }
    var queue = RunnerQueue(from: size, held: known)
    for execution in try starter.unfinished() { queue.add(.cut(execution.description)) }
    queue.setPaused(try pause.state().isPaused)
    state = Mutex(State(queue: queue, told: known ?? size))
  }

  /// What goes on.
  var load: RunnerLoad {
    state.withLock { state in
      RunnerLoad(
        isPaused: state.queue.isPaused,
        backlog: state.queue.backlog,
        running: state.queue.workingCount
      )
    }
  }

  /// Whether nothing is to be started, as the log has it now.
  ///
  /// - Throws: `EventLogError`.
  func isToldToPause() throws -> Bool { try pause.state().isPaused }

  /// Starts the threads.
  func start() {
    for number in 0..<threads {
      let thread = Thread { [self] in work() }
      thread.name = "auditcli runner \(number)"
      thread.stackSize = 16 << 20
      thread.start()
    }
    let watch = Thread { [self] in watchSwitch() }
    watch.name = "auditcli switch"
    watch.start()
    wakeAll()
  }

  private func wakeAll() {
    for _ in 0..<threads { news.signal() }
  }

  /// Follows the switch, which other processes may move too.
  private func watchSwitch() {
    while state.withLock({ !$0.hasEnded }) {
      tellPositionWhenIdle()
      do {
        let isPaused = try pause.state().isPaused
        let isChanged = state.withLock { state in
          guard state.queue.isPaused != isPaused else { return false }
          state.queue.setPaused(isPaused)
          return true
        }
        if isChanged, !isPaused { wakeAll() }
      } catch {
        report("whether flows are to be started could not be read: \(error)")
      }
      usleep(Self.watchInterval)
    }
    ended.signal()
  }

  /// After so many microseconds the switch is looked at again.
  private static let watchInterval: UInt32 = 250_000

  /// Takes in what a hook's delivery brought, or without a hook a schedule, in order of the positions.
  ///
  /// `caller` is told what becomes of a call.
  func add(_ positions: [Range<UInt64>], hook: String?, caller: CallerAnswer?) {
    guard !positions.isEmpty else { return caller?.settle(.startsNothing) ?? () }
    let added = state.withLock { state in
      let before = state.queue.count
      for range in positions {
        state.queue.add(.events(range, hook: hook, areOld: false, caller: caller))
      }
      return state.queue.count - before
    }
    for _ in 0..<added { news.signal() }
  }

  /// Ends the threads when the runs that go on have ended; what waits is for the next runner.
  @available(*, noasync)
  func stop() {
    state.withLock { $0.hasEnded = true }
    wakeAll()
    for _ in 0...threads { ended.wait() }
    tellPosition()
  }

  private func work() {
    var planners = StartPlanners(log)
    while !state.withLock({ $0.hasEnded }) {
      // More may be to do than was told of: what waits in the log alone is told by nobody.
      guard let taken = state.withLock({ $0.hasEnded ? nil : $0.queue.take() }) else {
        news.wait()
        continue
      }
      run(taken.number, taken.work, &planners)
      let isDue = state.withLock { state in
        state.queue.finish(taken.number)
        state.done += 1
        guard state.done >= Self.stride else { return false }
        state.done = 0
        return true
      }
      if isDue { tellPosition() }
    }
    ended.signal()
  }

  private func tellPosition() {
    do {
      let position = state.withLock { state in
        state.told = state.queue.position
        return state.told
      }
      try journal.advance(to: position)
    } catch {
      report("how far flows were started could not be noted: \(error)")
    }
  }

  /// Notes how far everything is done when nothing has been to do for a while, so that after a kill what
  /// was done long ago is not looked at with the flows of today.
  private func tellPositionWhenIdle() {
    let now = clock.now
    let isDue = state.withLock { state in
      guard state.queue.isIdle, state.queue.position > state.told else {
        state.idleSince = nil
        return false
      }
      guard let since = state.idleSince, since <= now else {
        state.idleSince = now
        return false
      }
      guard now - since >= Self.idleTime else { return false }
      state.idleSince = nil
      return true
    }
    if isDue { tellPosition() }
  }

  /// After so many milliseconds without work the journal is told.
  private static let idleTime: Int64 = 2000
}

// MARK: - Work

extension Runner {
  private func run(_ number: Int, _ work: RunnerQueue.Work, _ planners: inout StartPlanners) {
    switch work {
    case .cut(let execution):
      do {
        try starter.takeUp(Text(execution))
      } catch {
        report("\(error)")
      }
    case .events(let range, let hook, let areOld, let caller):
      let isDone = start(range, of: number, hook: hook, areOld: areOld, caller, &planners)
      // Whatever ends this, nobody is kept waiting for an answer that does not come.
      caller?.settle(isDone ? .startsNothing : .later)
    }
  }

  /// Starts what the events of a range start; whether all of them were looked at.
  private func start(
    _ range: Range<UInt64>,
    of number: Int,
    hook: String?,
    areOld: Bool,
    _ caller: CallerAnswer?,
    _ planners: inout StartPlanners
  ) -> Bool {
    for place in range {
      let turn = state.withLock { state in
        state.hasEnded ? .none : state.queue.begin(place)
      }
      switch turn {
      case .others: continue
      case .none:
        state.withLock { $0.queue.giveBack(number, from: place) }
        return false
      case .mine: break
      }
      defer { state.withLock { $0.queue.end(place) } }
      do {
        try start(place, hook: hook, areOld: areOld, caller, &planners)
      } catch {
        guard isPassed(over: place, error) else {
          state.withLock { $0.queue.giveBack(number, from: place) }
          usleep(Self.retryInterval)
          return false
        }
        caller?.settle(.failed)
      }
    }
    return true
  }

  /// Whether an event that could not be looked at is given up, after some tries.
  private func isPassed(over place: UInt64, _ error: any Error) -> Bool {
    let tries = state.withLock { state in
      state.failures[place, default: 0] += 1
      return state.failures[place] ?? 0
    }
    guard tries >= Self.tries else {
      if tries == 1 { report("position \(place) is tried again: \(error)") }
      return false
    }
    state.withLock { $0.failures[place] = nil }
    report("position \(place) starts nothing: \(error)")
    do {
      try journal.fail(at: Position(place), hook: nil, reason: "\(error)")
    } catch {
      report("\(error)")
    }
    return true
  }

  /// So often an event is tried that cannot be looked at, for want of a file that is being written for
  /// example.
  private static let tries = 10
  /// Microseconds between the tries.
  private static let retryInterval: UInt32 = 500_000
}

// MARK: - Events

extension Runner {
  private func start(
    _ place: UInt64,
    hook: String?,
    areOld: Bool,
    _ caller: CallerAnswer?,
    _ planners: inout StartPlanners
  ) throws {
    guard let event = try log.event(at: Position(place)) else { return }
    if let tick = Tick(event) { return try start(tick, event, areOld: areOld) }
    let correlation = String(decoding: event.attributes.correlation, as: UTF8.self)
    // Of what stands between two deliveries, only what came by a hook is meant.
    guard let name = hook ?? Self.hook(in: correlation),
      InboundEventType.isInbound(Array(event.type.utf8))
    else { return }
    let now = clock.now
    let registered = try hooks.hook(name, at: now)
    let planner: StartPlanner
    do {
      planner = try planners.planner(for: registered?.hook, at: now)
    } catch let error as FlowRegistryError {
      // What the hook brought can start event cards all the same; it is told once, for the delivery.
      planner = try planners.planner(for: nil, at: now)
      if event.cause == nil {
        caller?.settle(.failed)
        meter.count(started: false)
        report("position \(place) starts no endpoint, since of the hook \(name) \(error)")
        try journal.fail(at: event.position, hook: name, reason: "\(error)")
      }
    }
    let before = areOld ? try started(by: event) : []
    for decision in try planner.starts(from: event) where !before.contains(decision.flow.flow) {
      run(decision, event, caller)
    }
  }

  private func start(_ tick: Tick, _ event: Event, areOld: Bool) throws {
    waitingTicks.remove(tick.flow)
    guard let decision = try TickStart(log).decision(on: tick),
      try !areOld || !started(by: event).contains(tick.flow)
    else { return }
    if decision.starts {
      run(decision, event, nil)
    } else {
      fail(decision, event, reason: decision.reason)
    }
  }

  private func run(_ decision: StartDecision, _ event: Event, _ caller: CallerAnswer?) {
    do {
      try starter.start(decision, event) { caller?.settle(.answered($0)) }
      meter.count(started: true)
    } catch {
      meter.count(started: false)
      caller?.settle(.failed)
      fail(decision, event, reason: "\(error)")
    }
  }

  private func fail(_ decision: StartDecision, _ event: Event, reason: String) {
    let label = decision.flow.label
    report("position \(event.position) starts \(label), which did not run: \(reason)")
    do {
      try journal.fail(decision.flow, event, reason: reason)
    } catch {
      report("\(error)")
    }
  }

  private func started(by event: Event) throws -> Set<Text> {
    // What somebody ran with scripted answers has done nothing.
    Set(
      try HistoryView(log).executions(startedBy: event.position).filter(\.isLive)
        .compactMap(\.flow)
    )
  }

  private static func hook(in correlation: String) -> String? {
    guard correlation.hasPrefix("hook-") else { return nil }
    return String(correlation.dropFirst(5).prefix { $0 != "#" })
  }
}
