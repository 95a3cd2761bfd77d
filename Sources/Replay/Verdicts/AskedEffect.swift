internal import Flows
internal import Values

/// A request of the new version, with the answer that it was given.
struct AskedEffect {
  let path: Text
  let ordinal: Int
  /// The place among the requests of its step.
  let occurrence: Int
  let request: Value
  let effectClass: EffectClass
  let isConnector: Bool
  /// Whether the step asked before, and was told to ask again.
  let isRetry: Bool
  let answer: Answer
  let proof: Proof
  /// The number of the request among those that nobody answered.
  let missing: Int?
  /// Whether nobody answered the request, and the one recorded at its place failed: it may fail too.
  let replacesFailure: Bool

  /// Whether the request is one to the surroundings that changes nothing: clock, chance, zones.
  var isAmbient: Bool { !isConnector && effectClass == .read }
}
