public import EventStore
public import Flows
internal import Values

/// Runs flows to their end and records them.
public struct Recorder: Sendable {
  /// How often a step that writes a table is answered anew because somebody else wrote it first.
  private static let maximumRefreshes = 1000

  let log: EventLog

  /// Makes a recorder.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// Runs a program, its requests answered by `driver`; all of it is durable when this returns.
  ///
  /// Where the driver cannot answer, the execution is recorded as failed with that error before it
  /// is thrown on.
  ///
  /// - Throws: `DriverError`; `RecordingError.exists` where the log has the execution;
  ///   `EventLogError` where it cannot be appended to, and the execution stays as it is.
  @discardableResult
  public func run(
    _ program: Program,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    _ header: RecordingHeader,
    _ driver: inout some Driver
  ) throws -> RunOutcome {
    var run = RecordingRun(program, cards: cards, options: options, header: header, log: log)
    let transition = try run.start()
    return try finish(&run, transition, &driver)
  }

  /// Answers what a run needs until it ends.
  func finish(
    _ run: inout RecordingRun,
    _ first: Transition,
    _ driver: inout some Driver
  ) throws -> RunOutcome {
    var transition = first
    do {
      while true {
        switch transition {
        case .finished(let outcome): return outcome
        case .needs(let request):
          switch try driver.reach(of: request) {
          case .inside: break
          case .standIn: try run.becomeVisible()
          case .outside: try run.announce(request)
          }
          transition = try answer(request, of: &run, &driver)
        }
      }
    } catch let error as DriverError {
      try run.abort(error.cardError)
      throw error
    }
  }

  func answer(
    _ request: EffectRequest,
    of run: inout RecordingRun,
    _ driver: inout some Driver
  ) throws -> Transition {
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
}
