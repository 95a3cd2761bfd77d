internal import Audit
internal import Dispatch
internal import EventStore
internal import Flows
internal import Foundation
internal import Synchronization
internal import Values

/// Lets flows start by their schedules, on a thread of its own: what is due becomes an event, and the
/// event starts the flow, as what comes in over HTTP does.
final class Scheduler: Sendable {
  private let log: EventLog
  private let zones: ZoneDatabase
  private let writer: DeliveryWriter
  private let runner: Runner
  private let clock: ServerClock
  private let report: @Sendable (String) -> Void
  private let hasEnded = Mutex(false)
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// After so many milliseconds at most it is looked again: flows may have been switched, and clocks
  /// may have been put.
  private static let pause: Int64 = 1000

  init(
    _ log: EventLog,
    _ zones: ZoneDatabase,
    _ writer: DeliveryWriter,
    _ runner: Runner,
    _ clock: ServerClock,
    report: @escaping @Sendable (String) -> Void
  ) {
    self.log = log
    self.zones = zones
    self.writer = writer
    self.runner = runner
    self.clock = clock
    self.report = report
  }

  /// Starts the thread.
  func start() {
    let thread = Thread { [self] in work() }
    thread.name = "auditcli scheduler"
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Ends the thread; nothing is due from then on.
  @available(*, noasync)
  func stop() {
    hasEnded.withLock { $0 = true }
    news.signal()
    ended.wait()
  }

  private func work() {
    var planner: TickPlanner?
    var lastError: String?
    while !hasEnded.withLock({ $0 }) {
      do {
        var current = try planner ?? TickPlanner(log, zones: zones)
        try look(&current)
        (planner, lastError) = (current, nil)
      } catch {
        // It is tried again every second, and told once.
        if lastError != "\(error)" { report("what schedules start is not known: \(error)") }
        lastError = "\(error)"
      }
      let next = planner?.nextStart.map { max(1, $0 - clock.now) } ?? Self.pause
      _ = news.wait(timeout: .now() + .milliseconds(Int(min(next, Self.pause))))
    }
    ended.signal()
  }

  private func look(_ planner: inout TickPlanner) throws {
    if try runner.isToldToPause() { return planner.pause(at: clock.now) }
    let look = try planner.look(at: clock.now, waiting: runner.waitingTicks.flows)
    if !look.drafts.isEmpty { try append(look) }
    planner.settle(look)
    for problem in look.problems { report(problem) }
    for missed in look.missed { report("\(missed)") }
  }

  /// Appends what a look has; the runner has its ticks before anything behind them.
  private func append(_ look: TickLook) throws {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Void, any Error>>(.success(()))
    writer.append(look.drafts) { [runner] outcomes in
      result.withLock { $0 = outcomes.map { _ in } }
      if case .success(let outcomes) = outcomes {
        for (tick, outcome) in zip(look.ticks, outcomes.dropFirst(look.missed.count)) {
          guard case .appended(let position) = outcome else { continue }
          runner.waitingTicks.add(tick.flow)
          runner.add([position.rawValue..<position.rawValue + 1], hook: nil, caller: nil)
        }
      }
      done.signal()
    }
    done.wait()
    try result.withLock { try $0.get() }
  }
}
