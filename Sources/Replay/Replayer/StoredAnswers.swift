internal import EventStore
internal import Flows
internal import Values

/// The answers that the steps of a stored recording were given, read when they are asked for.
struct StoredAnswers {
  private var decoder: RecordedEventDecoder
  /// What the step that asked last is recorded to have asked.
  private var last: AskedRequests?

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
    _ request: borrowing EffectRequest,
    as asked: consuming RecordedRequest,
    _ stored: borrowing StoredRecording,
    from place: Int
  ) throws -> RecordedRequest? {
    if last?.ordinal != request.ordinal {
      last = AskedRequests(ofStep: request.ordinal, stored, from: place)
    }
    guard let fields = last?.nextAnswer() else { return nil }
    let (answer, evidence) = try decoder.answer(fields)
    return asked.answered(request, with: answer, evidence: evidence)
  }
}

/// The requests that stand in the event of a step's end.
private struct AskedRequests {
  let ordinal: Int
  private let skimmer: JSONSkimmer
  /// Where the list of them begins.
  private let list: Int
  /// Where the one begins that was answered last.
  private var place: Int?

  /// Looks for the event from a place on; nil where there is none.
  ///
  /// - Complexity: O(*n*) in the number of events between.
  init?(ofStep ordinal: Int, _ stored: borrowing StoredRecording, from start: Int) {
    for place in start..<stored.count where stored.type(place).endsStep {
      let (skimmer, start) = stored.skimmer(place)
      var member = skimmer.firstMember(ofObjectAt: start)
      while let found = member, !skimmer.has(RecordedKey.ordinal, found) {
        member = skimmer.member(behind: found)
      }
      guard let found = member, skimmer.integer(at: found.value) == ordinal else { continue }
      while let found = member, !skimmer.has(RecordedKey.requests, found) {
        member = skimmer.member(behind: found)
      }
      guard let list = member?.value else { return nil }
      self.ordinal = ordinal
      self.skimmer = skimmer
      self.list = list
      return
    }
    return nil
  }

  /// The answer of the next request; nil where there is none, and where nobody knows whether the
  /// request was done.
  mutating func nextAnswer() -> SkimmedFields? {
    let next = place.map { skimmer.item(behind: $0) } ?? skimmer.firstItem(ofListAt: list)
    guard let next else { return nil }
    place = next
    var member = skimmer.firstMember(ofObjectAt: next)
    while let found = member, !skimmer.has(RecordedKey.inDoubt, found) {
      if skimmer.has(RecordedKey.answer, found) { return SkimmedFields(skimmer, at: found.value) }
      member = skimmer.member(behind: found)
    }
    return nil
  }
}
