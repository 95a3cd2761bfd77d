public import EventStore
public import Flows
public import Values

/// Runs a flow on the event that started an execution of which nobody recorded the cards, to say what it
/// likely did.
///
/// Nothing is asked of the world. Reads are answered by the newest same ones in the log before the
/// event, or by an answers file; writes are taken as succeeded; the clock stands at the start; the rest
/// is unknown and flows on through the cards. So nothing of what comes out is proven.
public struct Simulation: Sendable {
  /// An execution that another system ran.
  public struct Subject: Hashable, Sendable {
    /// Its id.
    public let execution: Text
    /// When it started.
    public let start: Instant
    /// What it was started with.
    public let input: Trigger
    /// Where what started it is in the log; answers come from before.
    public let position: Position

    /// Makes a subject.
    public init(execution: Text, start: Instant, input: Trigger, position: Position) {
      self.execution = execution
      self.start = start
      self.input = input
      self.position = position
    }
  }

  private let program: Program
  private let alignment: Alignment
  private let zones: ZoneDatabase

  /// Prepares simulations of a version.
  ///
  /// - Parameters:
  ///   - program: The version that is supposed to have run.
  ///   - zones: The rules of time zones.
  public init(_ program: Program, zones: ZoneDatabase) {
    self.program = program
    self.zones = zones
    alignment = Alignment(old: program.closure, new: program.closure)
  }

  /// Runs the version in place of an execution.
  ///
  /// - Parameters:
  ///   - subject: The execution.
  ///   - answers: Where answers come from.
  /// - Returns: What it likely did.
  /// - Complexity: O(*n*) in the size of the run, and what the answers take.
  public func run(_ subject: Subject, answers: AnswerSources) -> SimulatedRun {
    let recording = recording(of: subject)
    let paths = PathMap(recording, alignment)
    var lookup = AnswerLookup(
      recording,
      RecordedEffects(recording, paths),
      AnswerSources(
        newestInLog: answers.newestInLog,
        overriding: answers.overriding,
        scripted: answers.scripted,
        surroundings: { surroundings(of: subject, $0) },
        log: answers.log
      ),
      tables: program.closure.tables,
      changedTables: []
    )
    let interpreter = Interpreter(program, executionID: subject.execution)
    var builder = RecordingBuilder(recording.root)
    let outcome = builder.run(interpreter, subject.input) { lookup.answer(to: $0) }
    return SimulatedRun(outcome, lookup, Frontiers(builder.build(), alignment.new))
  }

  /// What is known of the execution: that it began, and with what.
  private func recording(of subject: Subject) -> Recording {
    let header = RecordingHeader(
      execution: subject.execution,
      version: FlowVersion(program.closure),
      mode: .observed,
      input: subject.input
    )
    var recording = Recording(root: header, executions: [])
    recording.positions = subject.position..<subject.position
    return recording
  }

  private func surroundings(of subject: Subject, _ request: AmbientRequest) -> FoundAnswer? {
    switch request {
    case .now: FoundAnswer(.value(.date(subject.start)))
    case .zone(let name, let instant):
      FoundAnswer(.value(zones.answer(zone: name, at: instant).value), isProven: true)
    default: nil
    }
  }
}
