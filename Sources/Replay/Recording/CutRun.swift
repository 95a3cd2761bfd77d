public import EventStore
public import Values

/// A run without an end, as far as it is durable: one that goes on elsewhere, or was cut off.
public struct CutRun: Sendable {
  /// What was known before the first step.
  public let header: RecordingHeader
  /// The request that is durable and has no durable answer; at most one, since steps run in turn.
  public let open: OpenRequest?
  /// When that request was recorded, in milliseconds since 1970.
  public let openSince: Int64
  /// Whether all that was called has begun and ended, so that nothing is left to do.
  public let isFinished: Bool
  /// How many values are not there; a run that lacks any cannot be taken up.
  public let missingValues: Int

  /// The answers of each step that asked, in order.
  let answers: [Int: [RecordedRequest]]
  /// How many beginnings, steps and ends are durable.
  let eventCount: Int
  /// How many events the recording has; every taking up adds one, so that a word about an open
  /// request is a word about what somebody looked at.
  public let length: UInt32
  /// Where the run begins in the log.
  public let beginning: Position
  /// Until when a service wanted nobody to ask again, in milliseconds since 1970, and the step.
  let pause: (ordinal: Int, until: Double)
  /// The executions that have begun and not ended, the outermost first, with the steps of each.
  let running: [(id: Text, steps: Int)]
}

extension RecordingReader {
  /// The run with that root as far as it is durable, or nil where there is none.
  ///
  /// - Throws: `RecordingError` where an event does not read as the program writes it;
  ///   `EventLogError` where the log does not.
  /// - Complexity: O(*n*) in the length of the recording.
  public func cutRun(of root: Text) throws -> CutRun? {
    let events = try events(ofRoot: root)
    guard let first = events.first else { return nil }
    var reading = CutReading(log: log)
    for event in events {
      try RecordingError.reading(event) { try reading.take($0) }
    }
    guard let header = reading.header else { throw RecordingError.headless(execution: root) }
    let open = reading.open.sorted { $0.key < $1.key }.last?.value
    return CutRun(
      header: header,
      open: open?.request,
      openSince: open?.since ?? 0,
      isFinished: reading.running.isEmpty && (reading.called.isEmpty || reading.isGivenUp),
      missingValues: reading.missing,
      answers: reading.answers,
      eventCount: reading.eventCount,
      length: UInt32(events.count),
      beginning: first.position,
      pause: reading.pause,
      running: reading.running.map { ($0, reading.steps[$0] ?? 0) }
    )
  }
}

/// A cut run while it is read.
private struct CutReading {
  private var decoder: RecordedEventDecoder
  private(set) var header: RecordingHeader?
  private(set) var answers: [Int: [RecordedRequest]] = [:]
  private(set) var open: [Int: (request: OpenRequest, since: Int64)] = [:]
  private(set) var eventCount = 0
  private(set) var running: [Text] = []
  /// What was called and has not begun.
  private(set) var called: Set<Text> = []
  private var begun: Set<Text> = []
  private(set) var isGivenUp = false
  private(set) var steps: [Text: Int] = [:]
  private(set) var pause: (ordinal: Int, until: Double) = (-1, 0)

  var missing: Int { decoder.missing }

  init(log: any EventSource) {
    decoder = RecordedEventDecoder(log)
  }

  mutating func take(_ event: Event) throws {
    let fields = try RecordedFields(data: event.data)
    switch RecordedEventType(rawValue: event.type) {
    case .executionStarted:
      if header == nil { header = try decoder.header(fields) }
      let id = try fields.text("execution")
      running.append(id)
      begun.insert(id)
      called.remove(id)
      eventCount += 1
    case .stepRequested:
      let request = try decoder.requested(fields)
      open[request.ordinal] = (request, event.recordedTime)
    case .stepAnswered:
      let answered = try decoder.requested(fields)
      answers[answered.ordinal, default: []].append(answered.request)
      open[answered.ordinal] = nil
      pause = (answered.ordinal, Double(event.recordedTime) + answered.waitMilliseconds)
    case .stepCompleted, .stepFailed:
      let step = try decoder.step(fields)
      if !step.requests.isEmpty { answers[step.ordinal] = step.requests }
      open[step.ordinal] = nil
      steps[step.execution, default: 0] += 1
      called.formUnion(step.callees.filter { !begun.contains($0) })
      eventCount += 1
    case .executionResumed:
      // Nobody goes on, also with what was called and has not begun.
      if fields["decision"] == .text(Text(RecordedResumption.Decision.givenUp.rawValue)) {
        isGivenUp = true
      }
    case .executionFinished:
      let id = try fields.text("execution")
      running.removeAll { $0 == id }
      eventCount += 1
    case nil: break
    }
  }
}
