internal import Flows
internal import Values

/// Turns what an interpreter reports into what recordings keep.
///
/// It holds what belongs to steps and executions that still run, and nothing of those that ended.
struct RunTranslator {
  private let root: Text
  private var stepCounts: [Text: Int] = [:]
  private var stoppedBy: [Text: Text] = [:]
  /// What the steps that still run have asked, by ordinal.
  private var asked: [Int: [RecordedRequest]] = [:]
  /// How many of them stand in the recording by themselves.
  private var kept: [Int: Int] = [:]
  /// How many requests of each execution are in doubt; of the root those of all.
  private var doubts: [Text: Int] = [:]
  /// The executions that run, outermost first.
  private(set) var running: [Text] = []

  init(root: Text) {
    self.root = root
  }

  /// Notes what came back for a request, before its step ends.
  mutating func answered(_ request: EffectRequest, as recorded: RecordedRequest) {
    if recorded.isInDoubt {
      for id in Set([root, request.execution]) { doubts[id, default: 0] += 1 }
    }
    asked[request.ordinal, default: []].append(recorded)
  }

  /// Notes that the answers of a step that came so far stand in the recording by themselves.
  mutating func markKept(_ request: EffectRequest) {
    kept[request.ordinal] = asked[request.ordinal]?.count
  }

  /// The answers of a step that still runs which do not stand in the recording by themselves yet.
  mutating func takeUnkept(of request: EffectRequest) -> [OpenRequest] {
    let answers = asked[request.ordinal] ?? []
    let first = kept[request.ordinal] ?? 0
    kept[request.ordinal] = answers.count
    return answers[min(first, answers.count)...].map { OpenRequest(request, as: $0) }
  }

  /// How an execution that still runs ends with an error from outside the flow.
  mutating func end(_ id: Text, with error: RecordedError) -> RecordedEvent {
    running.removeAll { $0 == id }
    return .finished(
      id,
      RecordedEnd(
        status: .failed,
        error: error,
        stepCount: stepCounts.removeValue(forKey: id) ?? 0,
        inDoubt: doubts[id] ?? 0
      )
    )
  }

  mutating func recorded(_ event: RunEvent, response: HTTPAnswer?) -> RecordedEvent {
    switch event {
    case .executionStarted(let start):
      running.append(start.id)
      return .started(RecordedExecution(start))
    case .step(let step):
      if !kept.isEmpty { kept[step.ordinal] = nil }
      stepCounts[step.execution, default: 0] += 1
      if step.status == .stopped { stoppedBy[step.execution] = step.path }
      return .step(step, asked.isEmpty ? [] : asked.removeValue(forKey: step.ordinal) ?? [])
    case .executionFinished(let end):
      return .finished(end.id, recorded(end, response: end.id == root ? response : nil))
    }
  }

  private mutating func recorded(_ end: ExecutionEnd, response: HTTPAnswer?) -> RecordedEnd {
    if let place = running.lastIndex(of: end.id) { running.remove(at: place) }
    let stopper = stoppedBy.removeValue(forKey: end.id)
    return RecordedEnd(
      status: end.status,
      stoppedBy: end.status == .stopped ? stopper : nil,
      message: end.message,
      error: end.error.map(RecordedError.init),
      result: end.result,
      response: response,
      stepCount: stepCounts.removeValue(forKey: end.id) ?? 0,
      inDoubt: doubts[end.id] ?? 0
    )
  }
}
