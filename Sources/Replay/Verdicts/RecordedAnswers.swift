public import EventStore
public import Flows
internal import Synchronization
internal import Values

/// The answers to reads that the recordings of a log hold, by what was asked.
///
/// The log is searched once, when the first answer is asked for; one value serves all comparisons of
/// a command, on any thread.
public final class RecordedAnswers: Sendable {
  private let log: any EventSource
  /// Where steps ended, ascending.
  private let steps: @Sendable () throws -> [Position]
  private let places = Mutex<[RequestHash: [Position]]?>(nil)

  /// Makes the answers of a log.
  public init(_ log: EventLog) {
    self.log = log
    steps = {
      let patterns = ["step.completed", "step.failed"].map {
        TermPattern.exactly(Term(field: Term.typeField, value: Array($0.utf8)))
      }
      let all = Position(0)..<Position(.max)
      return try log.positions(matching: [patterns], in: all).positions
    }
  }

  /// Makes the answers of the recordings that a suite has.
  public init(_ suite: Suite) {
    log = suite.excerpt
    steps = { suite.stepEnds }
  }

  /// The newest answer to the same request from before a recording began, nil where there is none.
  ///
  /// Answers of which values are no longer kept are passed over.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*n*) in the length of the log for the first request, then in the number of
  ///   times the same was asked.
  public func newest(
    for request: EffectRequest,
    before recording: Recording
  ) throws -> FoundAnswer? {
    guard let start = recording.positions?.lowerBound else { return nil }
    let value = request.recordedValue
    for position in try found(RequestHash(value)).reversed() where position < start {
      guard let event = try log.event(at: position) else { continue }
      var decoder = RecordedEventDecoder(log, owner: event.attributes.correlation)
      let step = try decoder.step(RecordedFields(data: event.data))
      guard decoder.missing == 0 else { continue }
      let same = step.requests.last { $0.request == value && $0.answer != nil }
      if let answer = same?.answer { return FoundAnswer(answer) }
    }
    return nil
  }

  /// Where a read was answered, ascending; who asks while another searches the log waits for it.
  private func found(_ hash: RequestHash) throws -> [Position] {
    try places.withLock { places in
      if let places { return places[hash] ?? [] }
      let found = try search()
      places = found
      return found[hash] ?? []
    }
  }

  /// Where each read was answered, ascending.
  private func search() throws -> [RequestHash: [Position]] {
    var places: [RequestHash: [Position]] = [:]
    for position in try steps() {
      guard let event = try log.event(at: position), EventMarks(event.data).hasRequests else {
        continue
      }
      for item in try RecordedFields(data: event.data).list("requests") {
        let fields = try RecordedFields(item)
        guard let request = fields["request"], EffectClass(recorded: request) == .read,
          let hash = RequestHash(hexadecimal: try fields.text("hash"))
        else { continue }
        places[hash, default: []].append(position)
      }
    }
    return places
  }
}
