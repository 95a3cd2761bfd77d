internal import Audit
internal import Dispatch
internal import EventStore
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Writes deliveries, and what schedules start, to the log: what comes is prepared while a thread commits what
/// came before.
///
/// Short deliveries are prepared by whoever brings them, long ones by a thread of their own. What is prepared is
/// committed as soon as the commit before it has returned, all of it together.
final class DeliveryWriter: Sendable {
  /// Too much waits to be written.
  struct Busy: Error {}

  /// What is told of a delivery when it is durable, or why it will never be.
  typealias Answer = @Sendable (Result<DeliveryOutcome, any Error>) -> Void

  fileprivate typealias Waiting = (
    delivery: Delivery, caller: CallerAnswer?, loop: any EventLoop, answer: Answer
  )
  fileprivate typealias Noting = (refusal: RefusedDelivery, done: CheckedContinuation<Void, Never>)
  fileprivate typealias Planned = (
    events: [EventDraft], done: @Sendable (Result<[AppendOutcome], any Error>) -> Void
  )

  fileprivate struct State {
    /// What has come and is not prepared yet.
    var waiting: [Waiting] = []
    /// The bytes of all that is not committed yet.
    var bytes = 0
    /// How much is not committed yet.
    var count = 0
    var planned: [Planned] = []
    var refusals: [Noting] = []
    var budget = RefusalBudget()
    /// Whether the thread that prepares waits for news.
    var isPreparerResting = false
    /// Whether the thread that commits waits for something to commit.
    var isCommitterResting = false
    /// Whether there may be something to commit that the thread has not seen.
    var hasNews = false
    /// No more is taken.
    var hasEnded = false
    /// No more is prepared.
    var isPrepared = false
  }

  /// What a next commit takes, as far as it is prepared.
  private struct Next {
    let intake: DeliveryIntake
    var waiting: [Waiting] = []
    /// Whether the thread that prepares waits until this is taken.
    var isFull = false
  }

  /// The lock on it, shared by whoever prepares and whoever commits, and readers for those who prepare.
  private final class NextCommit: Sendable {
    let next: Mutex<Next>
    let readers = DeliveryReaders()

    init(_ log: EventLog) throws {
      next = Mutex(Next(intake: try DeliveryIntake(log)))
    }
  }

  /// What is to be committed: of short and of long deliveries one commit each.
  private struct Prepared: Sendable {
    var deliveries: [(prepared: PreparedDeliveries, waiting: [Waiting])]
    var planned: [Planned]
    var refusals: [Noting]

    var isEmpty: Bool { deliveries.isEmpty && planned.isEmpty && refusals.isEmpty }
  }

  private let log: EventLog
  private let clock: ServerClock
  private let meter: ServerMeter
  private let appended: @Sendable (Delivery, DeliveryOutcome, CallerAnswer?) -> Void
  private let report: @Sendable (any Error) -> Void
  private let state = Mutex(State())
  /// Short deliveries, which nobody is to wait for who has others; and long ones.
  private let (short, long): (NextCommit, NextCommit)
  /// Signalled to a thread that rests: when there is something to prepare, when what is prepared was taken from a
  /// full commit, and when there is something to commit.
  private let (news, room, ready) = (
    DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
  )
  private let ended = DispatchSemaphore(value: 0)

  /// The most that waits.
  private static let (count, bytes) = (4096, 64 << 20)
  /// So long a body is prepared by whoever brings it: that takes him less than to wake somebody.
  private static let shortLength = 16 << 10

  /// Makes a writer; nothing is written before ``start()``.
  ///
  /// `appended` is told of what is durable, before its sender is, and where a caller waits for what its
  /// flow answers; `report` of refusals that could not be noted.
  ///
  /// - Throws: `EventLogError` where there is no memory.
  init(
    _ log: EventLog,
    _ clock: ServerClock,
    _ meter: ServerMeter,
    appended: @escaping @Sendable (Delivery, DeliveryOutcome, CallerAnswer?) -> Void,
    report: @escaping @Sendable (any Error) -> Void
  ) throws {
    self.log = log
    (short, long) = (try NextCommit(log), try NextCommit(log))
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
    let isResting = state.withLock { state in
      state.hasEnded = true
      return state.takePreparer()
    }
    if isResting { news.signal() }
    for _ in 0..<2 { ended.wait() }
  }

  /// Appends a delivery; what came of it, when that is durable.
  func append(
    _ delivery: Delivery,
    caller: CallerAnswer? = nil
  ) async -> Result<DeliveryOutcome, any Error> {
    // Whoever calls on a loop of connections gets that one.
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    return await withCheckedContinuation { continuation in
      append(delivery, caller: caller, on: loop) { continuation.resume(returning: $0) }
    }
  }

  /// Appends a delivery; `answer` is told on `loop` what came of it, when that is durable.
  func append(
    _ delivery: Delivery,
    caller: CallerAnswer? = nil,
    on loop: any EventLoop,
    answer: @escaping Answer
  ) {
    let one: Waiting = (delivery, caller, loop, answer)
    let isTaken = state.withLock { state in
      let isFull = state.count >= Self.count || state.bytes >= Self.bytes
      guard !state.hasEnded, !isFull else { return false }
      state.bytes += delivery.body.count
      state.count += 1
      return true
    }
    guard isTaken else { return loop.execute { answer(.failure(Busy())) } }
    if delivery.body.count <= Self.shortLength {
      guard let read = read(one, for: short), !tryAdd(one, read, to: short) else { return }
    }
    let isResting = state.withLock { state -> Bool? in
      // It ended while this was on its way.
      guard !state.isPrepared else { return nil }
      state.waiting.append(one)
      return state.takePreparer()
    }
    guard let isResting else { return fail(one, Busy()) }
    if isResting { news.signal() }
  }

  /// Appends events of schedules together; `done` is told on the writer's own thread what became of
  /// each, in order, when they are durable.
  func append(
    _ events: [EventDraft],
    done: @escaping @Sendable (Result<[AppendOutcome], any Error>) -> Void
  ) {
    let isResting = state.withLock { state -> Bool? in
      guard !state.hasEnded else { return nil }
      state.planned.append((events, done))
      return state.takeCommitter()
    }
    guard let isResting else { return done(.failure(Busy())) }
    if isResting { ready.signal() }
  }

  /// Notes a refusal; returns when it is durable, or at once where there were too many of late.
  func note(_ refusal: RefusedDelivery) async {
    await withCheckedContinuation { done in
      let isResting = state.withLock { state -> Bool? in
        guard !state.hasEnded, let counted = state.budget.take(refusal, at: clock.now) else {
          return nil
        }
        state.refusals.append((counted, done))
        return state.takeCommitter()
      }
      guard let isResting else { return done.resume() }
      if isResting { ready.signal() }
    }
  }
}

extension DeliveryWriter.State {
  /// Whether the thread that prepares rests and is to be woken, by whoever asks.
  fileprivate mutating func takePreparer() -> Bool {
    defer { isPreparerResting = false }
    return isPreparerResting
  }

  /// Tells the thread that commits that there is something for it; whether it is to be woken, by whoever asks.
  fileprivate mutating func takeCommitter() -> Bool {
    hasNews = true
    defer { isCommitterResting = false }
    return isCommitterResting
  }
}

// MARK: - Preparing

extension DeliveryWriter {
  private func prepare() {
    while true {
      let (taken, isLast) = state.withLock { state in
        let taken = state.waiting
        state.waiting = []
        state.isPreparerResting = taken.isEmpty && !state.hasEnded
        state.isPrepared = taken.isEmpty && state.hasEnded
        return (taken, state.isPrepared)
      }
      for one in taken {
        guard let read = read(one, for: long) else { continue }
        // When it has room.
        while !tryAdd(one, read, to: long, waitsForRoom: true) { room.wait() }
      }
      guard taken.isEmpty else { continue }
      if isLast { break }
      news.wait()
    }
    wakeCommitter()
    ended.signal()
  }

  /// Adds a delivery to what a next commit takes; whether that had room.
  private func tryAdd(
    _ one: Waiting,
    _ read: DeliveryReader.Read,
    to commit: NextCommit,
    waitsForRoom: Bool = false
  ) -> Bool {
    do {
      let isAdded = try commit.next.withLock { next in
        guard !next.intake.isFull else {
          if waitsForRoom { next.isFull = true }
          return false
        }
        try next.intake.add(read)
        next.waiting.append(one)
        return true
      }
      if isAdded { wakeCommitter() }
      return isAdded
    } catch {
      fail(one, error)
      return true
    }
  }

  /// Reads a delivery, without the lock, so that others may add meanwhile; nil where its sender is told that it
  /// cannot be read.
  private func read(_ one: Waiting, for commit: NextCommit) -> DeliveryReader.Read? {
    do {
      return try commit.readers.read(one.delivery)
    } catch {
      fail(one, error)
      return nil
    }
  }

  private func fail(_ one: Waiting, _ error: any Error) {
    release([one])
    one.loop.execute { one.answer(.failure(error)) }
    wakeCommitter()
  }

  private func wakeCommitter() {
    if state.withLock({ $0.takeCommitter() }) { ready.signal() }
  }

  private func release(_ done: [Waiting]) {
    state.withLock { state in
      for one in done { state.bytes -= one.delivery.body.count }
      state.count -= done.count
    }
  }
}

// MARK: - Committing

extension DeliveryWriter {
  private func commit() {
    while true {
      let prepared = take()
      guard prepared.isEmpty else {
        for (deliveries, waiting) in prepared.deliveries { write(deliveries, waiting) }
        for (events, done) in prepared.planned {
          done(Result { try log.append(AppendBatch(events)) })
        }
        note(prepared.refusals)
        continue
      }
      let (isLast, isResting) = state.withLock { state in
        let isLast = state.isPrepared && !state.hasNews && state.count == 0
        state.isCommitterResting = !isLast && !state.hasNews
        return (isLast, state.isCommitterResting)
      }
      if isLast { break }
      if isResting { ready.wait() }
    }
    ended.signal()
  }

  /// All that is to be committed by now.
  private func take() -> Prepared {
    let (planned, refusals) = state.withLock { state in
      defer { (state.planned, state.refusals, state.hasNews) = ([], [], false) }
      return (state.planned, state.refusals)
    }
    let deliveries = [short, long].compactMap { commit in
      commit.next.withLock { next -> (PreparedDeliveries, [Waiting])? in
        guard !next.waiting.isEmpty else { return nil }
        defer {
          next.waiting = []
          if next.isFull { room.signal() }
          next.isFull = false
        }
        return (next.intake.take(), next.waiting)
      }
    }
    return Prepared(deliveries: deliveries, planned: planned, refusals: refusals)
  }

  private func write(_ deliveries: PreparedDeliveries, _ waiting: [Waiting]) {
    let start = ContinuousClock.now
    let results = deliveries.append(to: log)
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
        for (answer, result) in told { answer(result) }
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
