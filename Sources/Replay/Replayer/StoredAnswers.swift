internal import EventStore
internal import Flows
internal import Values

/// The answers that the steps of a stored recording were given, read when they are asked for.
struct StoredAnswers {
  private var decoder: RecordedEventDecoder
  /// The requests of the step that asked last, as JSON, and how many were answered.
  private var last: (ordinal: Int, requests: [[UInt8]], answered: Int) = (-1, [], 0)

  init(_ decoder: RecordedEventDecoder) {
    self.decoder = decoder
  }

  /// Whether a value was not there.
  var lacksValues: Bool { decoder.missing > 0 }

  /// The request with what the recording says came back for it; nil where it tells of no answer, or
  /// of more than an answer.
  ///
  /// The event that tells it is looked for from a place on.
  ///
  /// - Throws: Where the answer does not read as the program writes it.
  mutating func answered(
    _ request: EffectRequest,
    as asked: RecordedRequest,
    _ stored: borrowing StoredRecording,
    from place: Int
  ) throws -> RecordedRequest? {
    if last.ordinal != request.ordinal {
      guard let requests = requests(ofStep: request.ordinal, stored, from: place) else {
        return nil
      }
      last = (request.ordinal, requests, 0)
    }
    guard last.answered < last.requests.count else { return nil }
    let skimmer = JSONSkimmer(last.requests[last.answered])
    last.answered += 1
    guard let part = skimmer.member(RecordedKey.answer, ofObjectAt: 0),
      skimmer.member(RecordedKey.inDoubt, ofObjectAt: 0) == nil
    else { return nil }
    let (answer, evidence) = try decoder.answer(RecordedFields(data: skimmer[part]))
    return asked.answered(request, with: answer, evidence: evidence)
  }

  /// The requests that stand in the event of a step's end; nil where there is none.
  ///
  /// - Complexity: O(*n*) in the number of events between.
  private func requests(
    ofStep ordinal: Int,
    _ stored: borrowing StoredRecording,
    from start: Int
  ) -> [[UInt8]]? {
    for place in start..<stored.count where stored.type(place).endsStep {
      let skimmer = JSONSkimmer(stored.data(place))
      guard let found = skimmer.member(RecordedKey.ordinal, ofObjectAt: 0),
        Int(String(decoding: skimmer[found], as: UTF8.self)) == ordinal
      else { continue }
      guard let list = skimmer.member(RecordedKey.requests, ofObjectAt: 0) else { return nil }
      return skimmer.items(ofListAt: list.lowerBound).map { skimmer[$0] }
    }
    return nil
  }
}
