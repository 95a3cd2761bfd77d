public import Values

/// Which cards a recording visited, without what they were given and gave.
public struct RecordingOutline: Hashable, Sendable {
  /// The root execution.
  public let execution: Text
  /// The hash of the flow version that ran.
  public let hash: Text
  /// The engine that ran it.
  public let engine: Text
  /// The ids of the cards that were steps.
  public let cards: Set<Text>
  /// Whether the recording is known to be whole, so that it could be compared.
  public let isWhole: Bool

  /// Makes an outline.
  public init(execution: Text, hash: Text, engine: Text, cards: Set<Text>, isWhole: Bool) {
    self.execution = execution
    self.hash = hash
    self.engine = engine
    self.cards = cards
    self.isWhole = isWhole
  }

  /// The outline of a recording.
  ///
  /// - Complexity: O(*n*) in the number of steps.
  public init(_ recording: Recording) {
    self.init(
      execution: recording.root.execution,
      hash: recording.root.hash,
      engine: recording.root.engine,
      cards: Set(recording.steps.map(\.card)),
      isWhole: recording.comparisonSkipReason == nil
    )
  }
}
