public import EventStore
public import Flows
internal import Values

/// Runs flows to their end and records them.
public struct Recorder: Sendable {
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
  /// `answered` is told what the caller of an API endpoint is answered with, as soon as that is settled;
  /// the run may go on behind it.
  ///
  /// - Throws: `DriverError`; `RecordingError.exists` where the log has the execution;
  ///   `EventLogError` where it cannot be appended to, and the execution stays as it is.
  @discardableResult
  public func run(
    _ program: Program,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    _ header: RecordingHeader,
    _ driver: inout some Driver,
    answered: ((HTTPAnswer) -> Void)? = nil
  ) throws -> RunOutcome {
    let run = RecordingRun(program, cards: cards, options: options, header: header, log: log)
    return try finish(run, .start, &driver, answered: answered)
  }

  /// Answers what a run needs until it ends.
  func finish<Answering: Driver>(
    _ run: consuming RecordingRun,
    _ next: DrivenRun<Answering>.Next,
    _ driver: inout Answering,
    answered: ((HTTPAnswer) -> Void)? = nil
  ) throws -> RunOutcome {
    let driven = DrivenRun(run, next, driver, answered: answered)
    defer { driver = driven.driver }
    return try driven.finish()
  }
}
