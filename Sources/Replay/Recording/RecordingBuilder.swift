public import Flows
internal import Values

/// Makes a recording of a run in memory.
///
///     var builder = RecordingBuilder(header)
///     let outcome = builder.run(interpreter, header.input) { request in answers[request.path] }
///     let recording = builder.build()
public struct RecordingBuilder: Sendable {
  private var recording: Recording
  private var places: [Text: Int] = [:]
  private var translator: RunTranslator

  /// Begins a recording.
  public init(_ root: RecordingHeader) {
    recording = Recording(root: root, executions: [])
    translator = RunTranslator(root)
  }

  /// Notes what came back for a request that is recorded so, before its step ends.
  mutating func answered(_ request: EffectRequest, as recorded: RecordedRequest) {
    translator.answered(request, as: recorded)
  }

  /// Runs an interpreter to its end, and takes all that happens.
  ///
  /// - Parameters:
  ///   - start: The interpreter, before its run.
  ///   - input: What the flow is started with.
  ///   - answering: Gives each request its answer, in the order in which they come.
  /// - Returns: How the run ended.
  /// - Throws: What `answering` throws.
  @discardableResult public mutating func run(
    _ start: Interpreter,
    _ input: Trigger,
    answering: (EffectRequest) throws -> Answer
  ) rethrows -> RunOutcome {
    var interpreter = start
    var transition = interpreter.start(input)
    take(from: &interpreter)
    while true {
      switch transition {
      case .needs(let request):
        let answer = try answering(request)
        answered(request, as: RecordedRequest(request, answer: answer))
        transition = interpreter.resume(with: answer)
        take(from: &interpreter)
      case .finished(let outcome):
        return outcome
      }
    }
  }

  /// Takes what has happened in a run since the last call.
  mutating func take(from run: inout Interpreter) {
    for event in run.events { add(translator.recorded(event, response: run.response)) }
    run.forgetEvents()
  }

  /// Ends the run with an error from outside the flow, as `RecordingRun.abort` does.
  mutating func abort(_ error: RecordedError) {
    for id in translator.running.reversed() { add(translator.end(id, with: error)) }
  }

  /// The recording as far as it has come, its steps in the order in which they began.
  ///
  /// - Complexity: O(*n* log *n*) in the number of steps.
  public func build() -> Recording {
    var built = recording
    built.steps.sort { $0.ordinal < $1.ordinal }
    return built
  }

  private mutating func add(_ event: consuming RecordedEvent) {
    switch event {
    case .started(let execution):
      places[execution.id] = recording.executions.count
      recording.executions.append(execution)
    case .step(let step, let requests):
      recording.steps.append(RecordedStep(step, requests: requests))
    case .finished(let id, let end):
      if let place = places[id] { recording.executions[place].end = end }
    case .requested, .answered, .resumed: break
    }
  }
}
