public import EventStore
public import Values

/// Reads recordings back from a log, or from what was kept of one.
public struct RecordingReader: Sendable {
  let log: any EventSource

  /// Makes a reader.
  public init(_ log: any EventSource) {
    self.log = log
  }

  /// The recording of the tree of executions with that root, or nil where there is none.
  ///
  /// It equals what a ``RecordingBuilder`` makes of the same run, but for its positions.
  ///
  /// - Throws: `RecordingError` where an event does not read as the program writes it;
  ///   `EventLogError` where the log does not.
  /// - Complexity: O(*n*) in the length of the recording.
  public func recording(of root: Text) throws -> Recording? {
    let events = try events(ofRoot: root)
    guard let first = events.first, let last = events.last else { return nil }
    var reading = Reading(log)
    for event in events {
      try RecordingError.reading(event) { try reading.take($0) }
    }
    guard var recording = reading.finished() else {
      throw RecordingError.headless(execution: root)
    }
    recording.positions = first.position..<last.position.advanced(by: 1)
    return recording
  }

  func events(ofRoot root: Text) throws -> [Event] { try log.events(of: .execution(root)) }
}

extension StreamID {
  /// The stream of the recording whose root execution has that id.
  public static func execution(_ root: Text) -> StreamID {
    StreamID(bytes: Array("execution-".utf8) + root.bytes)
  }
}

/// A recording while it is read.
private struct Reading {
  private var decoder: RecordedEventDecoder
  private var recording: Recording?
  private var places: [Text: Int] = [:]
  private var open: [Int: [OpenRequest]] = [:]
  /// The requests of steps that go on, with their answers.
  private var answered: [Int: [OpenRequest]] = [:]

  init(_ log: any EventSource) {
    decoder = RecordedEventDecoder(log)
  }

  mutating func take(_ event: Event) throws {
    let fields = try RecordedFields(data: event.data)
    switch RecordedEventType(rawValue: event.type) {
    case .executionStarted:
      if recording == nil {
        recording = Recording(root: try decoder.header(fields), executions: [])
      }
      let execution = try decoder.execution(fields)
      places[execution.id] = recording?.executions.count
      recording?.executions.append(execution)
    case .stepRequested:
      let request = try decoder.requested(fields)
      open[request.ordinal, default: []].append(request)
    case .executionResumed:
      recording?.resumptions.append(
        Recording.Resumed(time: event.recordedTime, resumption: try decoder.resumption(fields))
      )
    case .stepAnswered:
      let request = try decoder.requested(fields)
      open[request.ordinal]?.removeAll { $0.isAnswered(by: request) }
      answered[request.ordinal, default: []].append(request)
    case .stepCompleted, .stepFailed:
      let step = try decoder.step(fields)
      open[step.ordinal]?.removeAll { $0.isMade(by: step) }
      // An answer that the end of its step does not repeat is one to a request that no step made.
      let unrepeated = answered.removeValue(forKey: step.ordinal)?.filter {
        !$0.isRepeated(by: step)
      }
      open[step.ordinal, default: []] += unrepeated ?? []
      recording?.steps.append(step)
    case .executionFinished:
      guard let place = places[try fields.text("execution")] else { return }
      recording?.executions[place].end = try decoder.end(fields)
    case nil: break
    }
  }

  func finished() -> Recording? {
    guard var recording, !recording.executions.isEmpty else { return nil }
    recording.steps.sort { $0.ordinal < $1.ordinal }
    recording.openRequests = open.sorted { $0.key < $1.key }.flatMap(\.value)
    recording.answeredRequests = answered.sorted { $0.key < $1.key }.flatMap(\.value)
    recording.missingValues = decoder.missing
    return recording
  }
}
