internal import Audit
internal import Dispatch
internal import EventStore
internal import Foundation
internal import Synchronization

/// Writes deliveries, and what schedules start, to the log on a thread of its own: those that came while
/// it wrote go into the next commit together.
final class DeliveryWriter: Sendable {
  /// Too much waits to be written.
  struct Busy: Error {}

  private typealias Waiting = (
    delivery: Delivery, caller: CallerAnswer?,
    answer: CheckedContinuation<Result<DeliveryOutcome, any Error>, Never>
  )
  private typealias Noting = (refusal: RefusedDelivery, done: CheckedContinuation<Void, Never>)

  private typealias Planned = (
    events: [EventDraft], done: @Sendable (Result<[AppendOutcome], any Error>) -> Void
  )

  private struct State {
    var waiting: [Waiting] = []
    var planned: [Planned] = []
    var bytes = 0
    var refusals: [Noting] = []
    var budget = RefusalBudget()
    var hasEnded = false
  }

  private let log: EventLog
  private let clock: ServerClock
  private let meter: ServerMeter
  private let appended: @Sendable (Delivery, DeliveryOutcome, CallerAnswer?) -> Void
  private let report: @Sendable (any Error) -> Void
  private let state = Mutex(State())
  /// Signalled for each thing to do, and at the end.
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// The most that waits.
  private static let (count, bytes) = (4096, 64 << 20)

  /// Makes a writer; nothing is written before ``start()``.
  ///
  /// `appended` is told of what is durable, before its sender is, and where a caller waits for what its
  /// flow answers; `report` of refusals that could not be
  /// noted.
  init(
    _ log: EventLog,
    _ clock: ServerClock,
    _ meter: ServerMeter,
    appended: @escaping @Sendable (Delivery, DeliveryOutcome, CallerAnswer?) -> Void,
    report: @escaping @Sendable (any Error) -> Void
  ) {
    self.log = log
    self.clock = clock
    self.meter = meter
    self.appended = appended
    self.report = report
  }

  /// How many deliveries wait to be written.
  var waiting: Int { state.withLock { $0.waiting.count } }

  /// Starts the thread.
  func start() {
    let thread = Thread { [self] in work() }
    thread.name = "auditcli writer"
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Ends the thread when all that waits is written.
  @available(*, noasync)
  func stop() {
    state.withLock { $0.hasEnded = true }
    news.signal()
    ended.wait()
  }

  /// Appends a delivery; what came of it, when that is durable.
  func append(
    _ delivery: Delivery,
    caller: CallerAnswer? = nil
  ) async -> Result<DeliveryOutcome, any Error> {
    await withCheckedContinuation { answer in
      let isTaken = state.withLock { state in
        let isFull = state.waiting.count >= Self.count || state.bytes >= Self.bytes
        guard !state.hasEnded, !isFull else { return false }
        state.waiting.append((delivery, caller, answer))
        state.bytes += delivery.body.count
        return true
      }
      if isTaken { news.signal() } else { answer.resume(returning: .failure(Busy())) }
    }
  }

  /// Appends events of schedules together; `done` is told on the writer's own thread what became of
  /// each, in order, when they are durable.
  func append(
    _ events: [EventDraft],
    done: @escaping @Sendable (Result<[AppendOutcome], any Error>) -> Void
  ) {
    let isTaken = state.withLock { state in
      guard !state.hasEnded else { return false }
      state.planned.append((events, done))
      return true
    }
    if isTaken { news.signal() } else { done(.failure(Busy())) }
  }

  /// Notes a refusal; returns when it is durable, or at once where there were too many of late.
  func note(_ refusal: RefusedDelivery) async {
    await withCheckedContinuation { done in
      let isTaken = state.withLock { state in
        guard !state.hasEnded, let counted = state.budget.take(refusal, at: clock.now) else {
          return false
        }
        state.refusals.append((counted, done))
        return true
      }
      if isTaken { news.signal() } else { done.resume() }
    }
  }

  private func work() {
    let intake = Result { try DeliveryIntake(log) }
    while true {
      news.wait()
      let taken = state.withLock { state in
        defer {
          state.waiting = []
          state.planned = []
          state.refusals = []
          state.bytes = 0
        }
        return state
      }
      write(taken.waiting, intake)
      for (events, done) in taken.planned {
        done(Result { try log.append(AppendBatch(events)) })
      }
      note(taken.refusals, intake)
      let hasEnded = taken.hasEnded
      if hasEnded, taken.waiting.isEmpty, taken.planned.isEmpty, taken.refusals.isEmpty { break }
      if hasEnded { news.signal() }
    }
    ended.signal()
  }

  private func write(_ waiting: [Waiting], _ intake: Result<DeliveryIntake, any Error>) {
    guard !waiting.isEmpty else { return }
    switch intake {
    case .failure(let error):
      for (_, _, answer) in waiting { answer.resume(returning: .failure(error)) }
    case .success(let intake):
      let start = ContinuousClock.now
      let results = intake.append(waiting.map(\.delivery))
      meter.count(commit: ContinuousClock.now - start, of: waiting.count)
      for (place, result) in results.enumerated() {
        if case .success(let outcome) = result {
          meter.count(outcome, of: waiting[place].delivery.hook.hook.name)
          appended(waiting[place].delivery, outcome, waiting[place].caller)
        }
        waiting[place].answer.resume(returning: result)
      }
    }
  }

  private func note(_ refusals: [Noting], _ intake: Result<DeliveryIntake, any Error>) {
    guard !refusals.isEmpty else { return }
    do {
      try intake.get().note(refusals.map(\.refusal))
    } catch {
      report(error)
    }
    for (_, done) in refusals { done.resume() }
  }
}
