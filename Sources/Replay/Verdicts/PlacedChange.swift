/// A change with its place in the order of execution and its certainty.
struct PlacedChange {
  let change: Change
  /// The number of the new effect; behind the last one for the ends of executions.
  let place: Int
  /// What is missing comes behind the effect after which it stood.
  let isBehind: Bool
  let proof: Proof
  /// The request that nobody answered and that is all that is new.
  let missing: Int?
}
