internal import Flows
internal import Values

/// The place behind which a run of the new version cannot be compared, because nobody knows how it
/// goes on.
struct RunCut {
  /// The number of the last new request that can be compared.
  let asked: Int
  /// The number of the last recorded effect that can.
  let recorded: Int
  /// The request whose answer would tell how the run goes on, nil where none would.
  let missing: Int?
  /// Why, as a sentence.
  let reason: String
}

extension RunCut {
  /// The first request that stands where another failed, or else a card that is not supported; nil
  /// where a run came to neither.
  init?(
    _ outcome: RunOutcome,
    _ replayed: Recording,
    _ asked: [AskedEffect],
    _ matching: EffectMatching
  ) {
    if let place = asked.firstIndex(where: \.replacesFailure) {
      let name = asked[place].request.requestName
      self.init(
        asked: place,
        recorded: matching.oldByNew[place] ?? matching.lastOld,
        missing: asked[place].missing,
        reason: "Nobody knows if \(name) succeeds: it failed, and is asked something else now."
      )
      return
    }
    guard let error = outcome.abortedBy, error.error.kind == .unsupportedCard else { return nil }
    let type = replayed.steps.first { $0.path == error.path }?.address ?? .empty
    self.init(
      asked: asked.count,
      recorded: matching.lastOld,
      missing: nil,
      reason: "The new version comes to a card of the type \(type), which is not supported."
    )
  }
}
