public import Values

/// What is known of a failed execution that is to be repaired: its recording, those of earlier repairs that failed too, and
/// what people said of effects in doubt.
public struct RepairHistory: Sendable {
  /// The recording of the failed execution.
  public let failed: Recording
  /// The recordings of earlier repairs of it, oldest first.
  public let repairs: [Recording]
  /// What was said of effects in doubt, by the execution and the path of their step as it was recorded.
  public let words: [Text: [Text: Resumption.Word]]

  /// Makes a history.
  public init(
    failed: Recording,
    repairs: [Recording] = [],
    words: [Text: [Text: Resumption.Word]] = [:]
  ) {
    self.failed = failed
    self.repairs = repairs
    self.words = words
  }

  /// The recordings, the latest first.
  public var latestFirst: [Recording] { repairs.reversed() + [failed] }
}
