internal import Audit
internal import Dispatch
internal import EventStore
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Writes deliveries, and what schedules start, to the log on two threads: one prepares what comes while
/// the other commits what came before.
///
/// What is prepared is committed as soon as the commit before it has returned, all of it together.
final class DeliveryWriter: Sendable {
  /// Too much waits to be written.
  struct Busy: Error {}

  private typealias Answer = CheckedContinuation<Result<DeliveryOutcome, any Error>, Never>
  private typealias Waiting = (
    delivery: Delivery, caller: CallerAnswer?, loop: any EventLoop, answer: Answer
  )
  private typealias Noting = (refusal: RefusedDelivery, done: CheckedContinuation<Void, Never>)
  private typealias Planned = (
    events: [EventDraft], done: @Sendable (Result<[AppendOutcome], any Error>) -> Void
  )

  private struct State {
    /// What has come and is not prepared yet.
    var waiting: [Waiting] = []
    /// The bytes of all that is not committed yet.
    var bytes = 0
    /// How much is not committed yet.
    var count = 0
    var planned: [Planned] = []
    var refusals: [Noting] = []
    var budget = RefusalBudget()
    /// What is to be committed next, for the thread that commits.
    var prepared: Prepared?
    /// Whether that thread has nothing to do.
    var isIdle = true
    var hasEnded = false

    /// Whether there is nothing to prepare or hand over.
    var isEmpty: Bool { waiting.isEmpty && planned.isEmpty && refusals.isEmpty }
  }

  /// What one commit takes.
  private struct Prepared: Sendable {
    var deliveries: PreparedDeliveries
    var waiting: [Waiting]
    var planned: [Planned]
    var refusals: [Noting]
  }

  private let log: EventLog
  private let clock: ServerClock
  private let meter: ServerMeter
  private let appended: @Sendable (Delivery, DeliveryOutcome, CallerAnswer?) -> Void
  private let report: @Sendable (any Error) -> Void
  private let state = Mutex(State())
  /// Signalled for each thing to prepare, when a commit has returned, and at the end.
  private let news = DispatchSemaphore(value: 0)
  /// Signalled for each commit, and at the end.
  private let ready = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// The most that waits.
  private static let (count, bytes) = (4096, 64 << 20)

  /// Makes a writer; nothing is written before ``start()``.
  ///
  /// `appended` is told of what is durable, before its sender is, and where a caller waits for what its
  /// flow answers; `report` of refusals that could not be noted.
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

  /// How many deliveries are not written yet.
  var waiting: Int { state.withLock { $0.count } }

  /// Starts the threads.
  func start() {
    begin("auditcli intake") { [self] in prepare() }
    begin("auditcli writer") { [self] in commit() }
  }

  private func begin(_ name: String, _ work: @escaping @Sendable () -> Void) {
    let thread = Thread(block: work)
    thread.name = name
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Ends the threads when all that waits is written.
  @available(*, noasync)
  func stop() {
    state.withLock { $0.hasEnded = true }
    news.signal()
    for _ in 0..<2 { ended.wait() }
  }

  /// Appends a delivery; what came of it, when that is durable.
  func append(
    _ delivery: Delivery,
    caller: CallerAnswer? = nil
  ) async -> Result<DeliveryOutcome, any Error> {
    // Whoever calls on a loop of connections gets that one.
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    return await withCheckedContinuation { answer in
      let isTaken = state.withLock { state in
        let isFull = state.count >= Self.count || state.bytes >= Self.bytes
        guard !state.hasEnded, !isFull else { return false }
        state.waiting.append((delivery, caller, loop, answer))
        state.bytes += delivery.body.count
        state.count += 1
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
}

// MARK: - Preparing

extension DeliveryWriter {
  private func prepare() {
    let intake: DeliveryIntake
    do {
      intake = try DeliveryIntake(log)
    } catch {
      return refuseAll(error)
    }
    var added: [Waiting] = []
    while true {
      news.wait()
      let taken = state.withLock { state in
        defer {
          if !intake.isFull { state.waiting = [] }
          // These need no preparing.
          if state.isIdle { (state.planned, state.refusals) = ([], []) }
        }
        return state
      }
      if !intake.isFull { add(taken.waiting, to: intake, &added) }
      guard taken.isIdle else { continue }
      if !added.isEmpty || !taken.planned.isEmpty || !taken.refusals.isEmpty {
        hand(
          over: Prepared(
            deliveries: intake.take(),
            waiting: added,
            planned: taken.planned,
            refusals: taken.refusals
          )
        )
        added = []
      } else if taken.hasEnded, state.withLock({ $0.isEmpty }) {
        break
      }
    }
    // Nothing is handed over any more.
    ready.signal()
    ended.signal()
  }

  private func add(_ waiting: [Waiting], to intake: DeliveryIntake, _ added: inout [Waiting]) {
    for (place, one) in waiting.enumerated() {
      guard !intake.isFull else {
        // The rest is for the next commit.
        state.withLock { $0.waiting.insert(contentsOf: waiting[place...], at: 0) }
        return
      }
      do {
        try intake.add(one.delivery)
        added.append(one)
      } catch {
        release([one])
        one.answer.resume(returning: .failure(error))
      }
    }
  }

  private func hand(over prepared: Prepared) {
    state.withLock { state in
      state.prepared = prepared
      state.isIdle = false
    }
    ready.signal()
  }

  private func release(_ done: [Waiting]) {
    state.withLock { state in
      for one in done { state.bytes -= one.delivery.body.count }
      state.count -= done.count
    }
  }

  /// Answers whatever comes with an error, until the end.
  private func refuseAll(_ error: any Error) {
    while true {
      news.wait()
      let taken = state.withLock { state in
        defer { (state.waiting, state.planned, state.refusals) = ([], [], []) }
        return state
      }
      release(taken.waiting)
      for one in taken.waiting { one.answer.resume(returning: .failure(error)) }
      for (_, done) in taken.planned { done(.failure(error)) }
      for (_, done) in taken.refusals { done.resume() }
      if taken.hasEnded { break }
    }
    ready.signal()
    ended.signal()
  }
}

// MARK: - Committing

extension DeliveryWriter {
  private func commit() {
    while true {
      ready.wait()
      guard let prepared = state.withLock({ $0.prepared.take() }) else { break }
      write(prepared)
      for (events, done) in prepared.planned {
        done(Result { try log.append(AppendBatch(events)) })
      }
      note(prepared.refusals)
      state.withLock { $0.isIdle = true }
      news.signal()
    }
    ended.signal()
  }

  private func write(_ prepared: Prepared) {
    let waiting = prepared.waiting
    guard !waiting.isEmpty else { return }
    let start = ContinuousClock.now
    let results = prepared.deliveries.append(to: log)
    meter.count(commit: ContinuousClock.now - start, of: waiting.count)
    release(waiting)
    for (one, result) in zip(waiting, results) {
      guard case .success(let outcome) = result else { continue }
      meter.count(outcome, of: one.delivery.hook.hook.name)
      appended(one.delivery, outcome, one.caller)
    }
    tell(waiting, results)
  }

  /// Tells whoever waits, all of one loop of connections at once: each is woken once.
  private func tell(_ waiting: [Waiting], _ results: [Result<DeliveryOutcome, any Error>]) {
    var loops: [(loop: any EventLoop, places: [Int])] = []
    for place in waiting.indices {
      let loop = waiting[place].loop
      if let known = loops.firstIndex(where: { $0.loop === loop }) {
        loops[known].places.append(place)
      } else {
        loops.append((loop, [place]))
      }
    }
    for (loop, places) in loops {
      let told = places.map { (waiting[$0].answer, results[$0]) }
      loop.execute {
        for (answer, result) in told { answer.resume(returning: result) }
      }
    }
  }

  private func note(_ refusals: [Noting]) {
    guard !refusals.isEmpty else { return }
    do {
      try RefusedDelivery.append(refusals.map(\.refusal), to: log)
    } catch {
      report(error)
    }
    for (_, done) in refusals { done.resume() }
  }
}
