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
  /// Answers of which values are no longer kept are passed over. The answer comes with its age, and with how
  /// many of the last ten agree with it.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*n*) in the length of the log for the first request, then in the number of
  ///   times the same was asked, of which ten answers are read.
  public func newest(
    for request: EffectRequest,
    before recording: Recording
  ) throws -> FoundAnswer? {
    guard let start = recording.positions?.lowerBound else { return nil }
    let value = request.recordedValue
    var given: [(answer: Answer, time: Int64)] = []
    for position in try found(RequestHash(value)).reversed() where position < start {
      if given.count == AnswerStanding.limit { break }
      if let answer = try answer(to: value, at: position) { given.append(answer) }
    }
    guard let newest = given.first else { return nil }
    let began = try log.event(at: start)?.recordedTime ?? newest.time
    return FoundAnswer(
      newest.answer,
      standing: AnswerStanding(
        age: began - newest.time,
        agreeing: given.count { $0.answer == newest.answer },
        compared: given.count
      )
    )
  }

  /// The answer that the step at a position was given, and when; nil where values of it are not kept.
  private func answer(
    to request: Value,
    at position: Position
  ) throws -> (answer: Answer, time: Int64)? {
    guard let event = try log.event(at: position) else { return nil }
    var decoder = RecordedEventDecoder(log, owner: event.attributes.correlation)
    let step = try decoder.step(RecordedFields(data: event.data))
    guard decoder.missing == 0 else { return nil }
    let same = step.requests.last { $0.request == request && $0.answer != nil }
    return same?.answer.map { ($0, event.recordedTime) }
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
