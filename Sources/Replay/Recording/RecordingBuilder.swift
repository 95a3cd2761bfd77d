public import EventStore
public import Flows
internal import Values

/// Makes a recording of a run in memory.
///
///     var builder = RecordingBuilder(header)
///     var transition = run.start(header.input)
///     builder.take(from: &run)
///     while case .needs(let request) = transition {
///       let answer = …
///       builder.answered(request, with: answer)
///       transition = run.resume(with: answer)
///       builder.take(from: &run)
///     }
///     let recording = builder.build()
public struct RecordingBuilder: Sendable {
  private var recording: Recording
  private var places: [Text: Int] = [:]
  private var stepCounts: [Text: Int] = [:]
  private var stoppedBy: [Text: Text] = [:]
  /// What the steps that still run have asked, by ordinal.
  private var asked: [Int: [RecordedRequest]] = [:]

  /// Begins a recording.
  public init(_ root: RecordingHeader) {
    recording = Recording(root: root, executions: [])
  }

  /// Notes what came back for a request, before its step ends.
  public mutating func answered(
    _ request: EffectRequest,
    with answer: Answer,
    evidence: [Position] = []
  ) {
    asked[request.ordinal, default: []].append(
      RecordedRequest(request, answer: answer, evidence: evidence)
    )
  }

  /// Takes what has happened in a run since the last call.
  ///
  /// - Returns: The same, as a recording keeps it, in order.
  @discardableResult
  public mutating func take(from run: inout Interpreter) -> [RecordedEvent] {
    run.takeEvents().map { add($0, response: run.response) }
  }

  /// The recording as far as it has come, its steps in the order in which they began.
  ///
  /// - Complexity: O(*n* log *n*) in the number of steps.
  public func build() -> Recording {
    var built = recording
    built.steps.sort { $0.ordinal < $1.ordinal }
    return built
  }
}

extension RecordingBuilder {
  private mutating func add(_ event: RunEvent, response: HTTPAnswer?) -> RecordedEvent {
    switch event {
    case .executionStarted(let start):
      let execution = RecordedExecution(start)
      places[execution.id] = recording.executions.count
      recording.executions.append(execution)
      return .started(execution)
    case .step(let step):
      let recorded = RecordedStep(
        step,
        requests: asked.removeValue(forKey: step.ordinal) ?? []
      )
      stepCounts[recorded.execution, default: 0] += 1
      if recorded.status == .stopped { stoppedBy[recorded.execution] = recorded.path }
      recording.steps.append(recorded)
      return .step(recorded)
    case .executionFinished(let end):
      return finish(end, response: end.id == recording.root.execution ? response : nil)
    }
  }

  private mutating func finish(_ end: ExecutionEnd, response: HTTPAnswer?) -> RecordedEvent {
    let recorded = RecordedEnd(
      status: end.status,
      stoppedBy: end.status == .stopped ? stoppedBy[end.id] : nil,
      message: end.message,
      error: end.error.map(RecordedError.init),
      result: end.result,
      response: response,
      stepCount: stepCounts[end.id] ?? 0
    )
    if let place = places[end.id] { recording.executions[place].end = recorded }
    return .finished(end.id, recorded)
  }
}
