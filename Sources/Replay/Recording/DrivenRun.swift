internal import EventStore
internal import Flows
internal import Values

/// A run with the driver that answers it.
///
/// It goes on until it ends, or until what it has gathered must be durable first.
final class DrivenRun<Answering: Driver> {
  /// How often a step that writes a table is answered anew because somebody else wrote it first.
  private static var maximumRefreshes: Int { 1000 }

  private(set) var driver: Answering
  /// How the run ended; nil while it goes on.
  private(set) var outcome: Result<RunOutcome, any Error>?
  private var run: RecordingRun
  private var next: Next
  /// Told once what the caller of an API endpoint is answered with.
  private var answered: ((HTTPAnswer) -> Void)?

  /// Where a run is.
  enum Next {
    case start
    case go(Transition)
    case answer(EffectRequest)
  }

  /// A run that goes on from `next`; `answered` is told what the caller of an API endpoint receives, as
  /// soon as that is settled.
  init(
    _ run: consuming RecordingRun,
    _ next: Next,
    _ driver: Answering,
    answered: ((HTTPAnswer) -> Void)? = nil
  ) {
    self.run = run
    self.driver = driver
    self.next = next
    self.answered = answered
  }

  /// Goes on until the run has ended, where it appends by itself.
  ///
  /// - Throws: What ended it but for the flow.
  func finish() throws -> RunOutcome {
    while true {
      advance()
      if let outcome { return try outcome.get() }
    }
  }

  /// Goes on until the run has ended or is due.
  func advance() {
    do {
      repeat { try step() } while outcome == nil && !run.isDue
    } catch let error as DriverError {
      end(with: error)
    } catch {
      outcome = .failure(error)
    }
  }

  private func step() throws {
    switch next {
    case .start: next = .go(try run.start())
    case .go(.finished(let ended)): outcome = .success(ended)
    case .go(.needs(let request)):
      switch try driver.reach(of: request) {
      case .inside: break
      case .standIn: try run.becomeVisible()
      case .outside: try run.announce(request)
      }
      next = .answer(request)
    case .answer(let request): next = .go(try answer(request))
    }
    if let answered, let answer = run.callerAnswer {
      self.answered = nil
      answered(answer)
    }
  }

  private func answer(_ request: EffectRequest) throws -> Transition {
    var table: Text = .empty
    for _ in 0..<Self.maximumRefreshes {
      let reply = try driver.answer(request)
      guard let changed = reply.changes.first?.table else { return try run.resume(with: reply) }
      table = changed
      do {
        return try run.resume(with: reply)
      } catch EventLogError.wrongExpectedVersion(.table(changed), expected: _, actual: _) {
        try driver.refresh()
      }
    }
    throw RecordingError.tableContended(table: table)
  }

  /// Records that nobody answers as the end of the run.
  private func end(with error: DriverError) {
    do {
      try run.abort(error.cardError)
      outcome = .failure(error)
    } catch {
      outcome = .failure(error)
    }
  }
}

// MARK: - Commits

extension DrivenRun {
  /// Whether what the run has gathered must be durable before it goes on, or has ended.
  var isDue: Bool { run.isDue }

  /// How many bytes of events and values the run holds that are not in the log yet.
  var gatheredBytes: Int { run.gatheredBytes }

  /// What must be durable before the run goes on, nil where nothing must.
  func takeDue() -> AppendBatch? {
    guard run.isDue else { return nil }
    do {
      return try run.takeDue()
    } catch {
      outcome = .failure(error)
      return nil
    }
  }

  /// Notes that what was due is durable.
  func became(durable due: AppendBatch, _ outcomes: ArraySlice<AppendOutcome>) {
    run.became(durable: due, outcomes)
  }

  /// Ends the run where nobody knows whether what was due is durable.
  func fail(_ error: any Error) { outcome = .failure(error) }

  /// Appends by itself what was due; the run ends where that fails.
  func append(_ due: AppendBatch) {
    do {
      try run.append(due)
    } catch {
      outcome = .failure(error)
    }
  }
}
