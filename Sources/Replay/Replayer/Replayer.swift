public import EventStore
public import Flows
public import Values

/// Runs recordings again with the flow version that made them, and compares every step.
///
/// A replay asks the world nothing: the recording answers. It is a pure function of its arguments, so
/// two replays of one recording give the same bytes, whatever the time, place and process.
public enum Replayer {
  /// Runs a recording again and finds the first place at which anything differs.
  ///
  /// Steps are compared in the order in which they began, each with its inputs, arguments and
  /// requests; what they gave is compared when they ended. Then follow the ends of the executions.
  /// The run stops at the first request that the recording has no answer for.
  ///
  /// - Parameters:
  ///   - recording: What happened.
  ///   - program: The flow version that the recording names.
  ///   - cards: The function cards; a table with another entry gives another engine.
  /// - Returns: The first divergence, or why the recording cannot be run again.
  /// - Complexity: O(*n*) in the size of the recording.
  public static func replay(
    _ recording: Recording,
    _ program: Program,
    cards: CardTable = .standard
  ) -> ReplayResult {
    let otherEngine = recording.root.otherEngine
    func result(_ outcome: ReplayResult.Outcome, _ steps: Int) -> ReplayResult {
      ReplayResult(
        execution: recording.root.execution,
        outcome: outcome,
        otherEngine: otherEngine,
        stepCount: steps
      )
    }
    if let reason = recording.skipReason { return result(.skipped(reason), 0) }
    var run = ReplayedRun(recording, program, cards)
    var replayed = run.replay()
    if program.hasSecrets { replayed = replayed.takingCoveredRequests(of: recording) }
    let comparison = RunComparison(
      recorded: recording,
      replayed: replayed,
      unanswered: run.unanswered
    )
    let outcome = comparison.firstDivergence().map { ReplayResult.Outcome.diverged($0) }
    return result(outcome ?? .identical, replayed.steps.count)
  }
}

extension Replayer {
  /// Runs the recording of a log again, as `replay(_:_:cards:)` does.
  ///
  /// A recording that is identical costs a fraction of what reading it costs: the run is written as
  /// the log would have it, and the bytes are compared.
  ///
  /// - Parameters:
  ///   - root: The id of the root execution.
  ///   - log: The log that has the recording.
  ///   - cards: The function cards; a table with another entry gives another engine.
  ///   - program: The flow version with that hash.
  /// - Returns: The first divergence, or why the recording cannot be run again; nil where the log has
  ///   no such recording.
  /// - Throws: As `RecordingReader.recording(of:)` does; what `program` throws.
  /// - Complexity: O(*n*) in the size of the recording.
  public static func replay(
    _ root: Text,
    in log: EventLog,
    cards: CardTable = .standard,
    _ program: (Text) throws -> Program
  ) throws -> ReplayResult? {
    if let result = try identical(root, in: log, cards, program) { return result }
    guard let recording = try RecordingReader(log).recording(of: root) else { return nil }
    return replay(recording, try program(recording.root.hash), cards: cards)
  }

  /// The result of a recording that is identical byte by byte, else nil.
  private static func identical(
    _ root: Text,
    in log: EventLog,
    _ cards: CardTable,
    _ program: (Text) throws -> Program
  ) throws -> ReplayResult? {
    // What does not read as the program writes it is told by who reads all of it.
    guard var stored = try readable({ try StoredReplay(of: root, in: log) }) else { return nil }
    let program = try program(stored.header.hash)
    // What was computed from secrets comes from the steps of a recording that is read as a whole.
    guard !program.hasSecrets else { return nil }
    guard let steps = try readable({ try stored.identicalStepCount(program, cards: cards) }) else {
      return nil
    }
    return ReplayResult(
      execution: root,
      outcome: .identical,
      otherEngine: stored.header.otherEngine,
      stepCount: steps
    )
  }

  private static func readable<Result>(_ read: () throws -> Result?) throws -> Result? {
    do {
      return try read()
    } catch is RecordedFields.Malformed {
      return nil
    } catch is RecordedValueError {
      return nil
    }
  }
}

extension RecordingHeader {
  /// The engine that made the recording, where it is not this one.
  fileprivate var otherEngine: Text? {
    engine == Text(Interpreter.engineVersion) ? nil : engine
  }
}

extension Recording {
  /// The error that ended the run because nobody answered a request, nil where it ended otherwise.
  fileprivate var unansweredError: RecordedError? {
    executions.lazy.compactMap { $0.end?.error }
      .first { SkipReason(ending: $0) == .unanswered }
  }
}

/// A run whose requests a recording answers, each by its step's place and attempt.
private struct ReplayedRun {
  let recording: Recording
  /// The places of the recorded steps by the order in which they began.
  private let places: [Int?]
  private var interpreter: Interpreter
  /// How many requests the step that asks has had answered.
  private var answered: (ordinal: Int, count: Int) = (-1, 0)
  /// The request that the recording has no answer for.
  private(set) var unanswered: EffectRequest?

  init(_ recording: Recording, _ program: Program, _ cards: CardTable) {
    self.recording = recording
    places = recording.placesByOrdinal()
    interpreter = Interpreter(
      program,
      cards: cards,
      executionID: recording.root.execution,
      knownAs: recording.root.knownAs,
      covered: program.hasSecrets ? recording.coveredSteps : .none
    )
  }

  mutating func replay() -> Recording {
    var builder = RecordingBuilder(recording.root)
    var transition = interpreter.start(recording.root.input)
    builder.take(from: &interpreter)
    while case .needs(let request) = transition {
      let asked = RecordedRequest(request)
      guard let answer = answer(to: request, asked.request) else {
        if let error = recording.unansweredError, error.path == request.path {
          // Nobody answered then either, and that ended the run.
          builder.abort(error)
        } else {
          unanswered = request
        }
        return builder.build()
      }
      builder.answered(request, as: asked.answered(request, with: answer))
      transition = interpreter.resume(with: answer)
      builder.take(from: &interpreter)
    }
    return builder.build()
  }

  private mutating func answer(to request: EffectRequest, _ value: Value) -> Answer? {
    let attempt = answered.ordinal == request.ordinal ? answered.count : 0
    answered = (request.ordinal, attempt + 1)
    guard places.indices.contains(request.ordinal), let place = places[request.ordinal] else {
      return nil
    }
    let steps = recording.steps.span
    guard steps[place].path == request.path, steps[place].requests.indices.contains(attempt),
      steps[place].requests[attempt].request == value
    else { return nil }
    return steps[place].requests[attempt].answer
  }
}
