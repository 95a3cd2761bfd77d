internal import EventStore
internal import Flows
internal import Values

/// A replay of a recording as the log holds it, which compares bytes.
///
/// What a run would write is a function of what it does, so a run that writes what stands in the log
/// did what is recorded. Only the answers are read; where anything differs, the values have to be
/// compared, and this says no more than that.
struct StoredReplay {
  let header: RecordingHeader
  private let log: EventLog
  private let stored: StoredRecording
  private var answers: StoredAnswers
  /// The next event of the recording.
  private var next = 0

  /// Reads a recording; nil where there is none whose bytes tell enough.
  init?(of root: Text, in log: EventLog) throws {
    guard let stored = try StoredRecording(of: root, in: log),
      stored.type(0) == .executionStarted
    else { return nil }
    var decoder = RecordedEventDecoder(log)
    let (skimmer, start) = stored.skimmer(0)
    // What is not read of it here is compared, as all events are, with what the run writes.
    header = try decoder.header(SkimmedFields(skimmer, at: start))
    guard header.execution == root, header.mode != .observed, header.savesValues,
      decoder.missing == 0
    else { return nil }
    self.log = log
    self.stored = stored
    answers = StoredAnswers(decoder)
  }

  /// Runs the recording again; how many steps it had where it wrote the same, else nil.
  mutating func identicalStepCount(_ program: Program, cards: CardTable) throws -> Int? {
    var interpreter = Interpreter(
      program,
      cards: cards,
      executionID: header.execution,
      knownAs: header.knownAs
    )
    var retraced = RetracedRun(header)
    var transition = interpreter.start(header.input)
    guard try follow(&interpreter, &retraced) else { return nil }
    while case .needs(let request) = transition {
      let asked = RecordedRequest(request, with: &retraced.hashing)
      if isNext(.stepRequested) {
        let announced = RecordedEvent.requested(OpenRequest(request, as: asked))
        guard try isNext(retraced.encoder.encode(announced), &retraced) else { return nil }
      }
      guard let answered = try answers.answered(request, as: asked, stored, from: next),
        let answer = answered.answer
      else { return nil }
      retraced.translator.answered(request, as: answered)
      transition = interpreter.resume(with: answer)
      guard try follow(&interpreter, &retraced) else { return nil }
    }
    guard next == stored.count, !retraced.isCancelled, !answers.lacksValues else { return nil }
    return retraced.stepCount
  }

  /// Whether the run wrote what the recording holds next.
  private mutating func follow(
    _ interpreter: inout Interpreter,
    _ retraced: inout RetracedRun
  ) throws -> Bool {
    for event in interpreter.events {
      guard try follow(event, interpreter.response, &retraced) else { return false }
    }
    interpreter.forgetEvents()
    return true
  }

  private mutating func follow(
    _ event: RunEvent,
    _ response: HTTPAnswer?,
    _ retraced: inout RetracedRun
  ) throws -> Bool {
    if case .step(let step) = event { return try isNext(retraced.encode(step), &retraced) }
    let recorded = retraced.recorded(event, response: response)
    return try isNext(retraced.encoder.encode(recorded), &retraced)
  }

  private func isNext(_ type: RecordedEventType) -> Bool {
    next < stored.count && stored.type(next) == type
  }

  /// Whether the event that was encoded last is what the recording holds next, and the log has every
  /// value it put by.
  private mutating func isNext(
    _ type: RecordedEventType,
    _ retraced: inout RetracedRun
  ) throws -> Bool {
    guard isNext(type), stored.has(retraced.encoder.data, at: next) else { return false }
    next += 1
    guard retraced.encoder.shelf.gatheredSize > 0 else { return true }
    for value in retraced.encoder.takeValues() {
      guard try log.value(owner: value.owner, hash: value.hash) == value.bytes else { return false }
    }
    return true
  }
}

/// What a run that is retraced writes.
private struct RetracedRun {
  var translator: RunTranslator
  var encoder: RecordedEventEncoder
  /// What requests are written with to be hashed.
  var hashing = RequestHash.writer()
  private(set) var stepCount = 0
  /// Whether the flow ended itself as if somebody had cancelled it.
  private(set) var isCancelled = false

  init(_ header: RecordingHeader) {
    translator = RunTranslator(header)
    encoder = RecordedEventEncoder(header)
  }

  mutating func encode(_ step: borrowing Step) -> RecordedEventType {
    stepCount += 1
    return encoder.encode(step, translator.ended(step))
  }

  mutating func recorded(_ event: RunEvent, response: HTTPAnswer?) -> RecordedEvent {
    if case .executionFinished(let end) = event,
      end.error?.error.kind.name == SkipReason.cancelledKind
    {
      isCancelled = true
    }
    return translator.recorded(event, response: response)
  }
}
