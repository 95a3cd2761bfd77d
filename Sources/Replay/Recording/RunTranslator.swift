internal import Flows
internal import Values

/// Turns what an interpreter reports into what recordings keep.
///
/// It holds what belongs to steps and executions that still run, and nothing of those that ended.
struct RunTranslator {
  private let root: Text
  /// The executions that run, outermost first.
  private var open: [OpenExecution] = []
  /// The steps that still run and have asked, outermost first.
  private var asking: [AskingStep] = []
  /// How many requests of all executions are in doubt.
  private var doubts = 0
  private var visits: RunVisits

  init(_ root: RecordingHeader) {
    self.root = root.execution
    visits = RunVisits(root)
  }

  /// The ids of the executions that run, outermost first.
  var running: [Text] { open.map(\.id) }

  /// Notes what came back for a request, before its step ends.
  mutating func answered(_ request: borrowing EffectRequest, as recorded: consuming RecordedRequest)
  {
    if recorded.isInDoubt {
      doubts += 1
      if let place = place(of: request.execution) { open[place].doubts += 1 }
    }
    asking[place(ofStep: request.ordinal)].requests.append(recorded)
  }

  /// Notes that the answers of a step that came so far stand in the recording by themselves.
  mutating func markKept(_ request: EffectRequest) {
    let place = place(ofStep: request.ordinal)
    asking[place].kept = asking[place].requests.count
  }

  /// The answers of a step that still runs which do not stand in the recording by themselves yet.
  mutating func takeUnkept(of request: EffectRequest) -> [OpenRequest] {
    let place = place(ofStep: request.ordinal)
    defer { asking[place].kept = asking[place].requests.count }
    return asking[place].requests[asking[place].kept...].map { OpenRequest(request, as: $0) }
  }

  /// How an execution that still runs ends with an error from outside the flow.
  mutating func end(_ id: Text, with error: RecordedError) -> RecordedEvent {
    let ended = close(id)
    return .finished(
      id,
      RecordedEnd(
        status: .failed,
        error: error,
        stepCount: ended.stepCount,
        inDoubt: id == root ? doubts : ended.doubts
      )
    )
  }

  mutating func recorded(_ event: RunEvent, response: HTTPAnswer?) -> RecordedEvent {
    switch event {
    case .executionStarted(let start):
      open.append(OpenExecution(id: start.id))
      visits.began()
      return .started(RecordedExecution(start))
    case .step(let step): return .step(step, ended(step))
    case .executionFinished(let end):
      return .finished(end.id, recorded(end, response: end.id == root ? response : nil))
    }
  }

  /// Notes a step's end; returns what the step has asked.
  mutating func ended(_ step: borrowing Step) -> [RecordedRequest] {
    visits.ended(step)
    if let place = place(of: step.execution) {
      open[place].stepCount += 1
      if step.status == .stopped { open[place].stoppedBy = step.path }
    }
    guard let place = asking.lastIndex(where: { $0.ordinal == step.ordinal }) else { return [] }
    return asking.remove(at: place).requests
  }

  private mutating func recorded(_ end: ExecutionEnd, response: HTTPAnswer?) -> RecordedEnd {
    let ended = close(end.id)
    let error = end.error.map(RecordedError.init)
    if let error { visits.failed(with: error) }
    return RecordedEnd(
      status: end.status,
      stoppedBy: end.status == .stopped ? ended.stoppedBy : nil,
      message: end.message,
      error: error,
      result: end.result,
      response: response,
      stepCount: ended.stepCount,
      inDoubt: end.id == root ? doubts : ended.doubts,
      cards: open.isEmpty ? visits.told : nil
    )
  }
}

/// An execution that runs.
private struct OpenExecution {
  let id: Text
  /// How many of its steps ended.
  var stepCount = 0
  /// The path of the step that stopped it.
  var stoppedBy: Text?
  /// How many of its own requests are in doubt.
  var doubts = 0
}

/// A step that runs and has asked.
private struct AskingStep {
  let ordinal: Int
  /// What it has asked.
  var requests: [RecordedRequest] = []
  /// How many of them stand in the recording by themselves.
  var kept = 0
}

extension RunTranslator {
  private func place(of execution: Text) -> Int? {
    open.lastIndex { $0.id == execution }
  }

  private mutating func close(_ id: Text) -> OpenExecution {
    place(of: id).map { open.remove(at: $0) } ?? OpenExecution(id: id)
  }

  /// The place of a step among those that have asked, behind all where it has not yet.
  private mutating func place(ofStep ordinal: Int) -> Int {
    if let place = asking.lastIndex(where: { $0.ordinal == ordinal }) { return place }
    asking.append(AskingStep(ordinal: ordinal))
    return asking.count - 1
  }
}
