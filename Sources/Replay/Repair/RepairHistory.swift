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
  /// The names of secrets that were replaced since, each with the name of what replaced it.
  public let replacedSecrets: [Text: Text]

  /// Makes a history.
  public init(
    failed: Recording,
    repairs: [Recording] = [],
    words: [Text: [Text: Resumption.Word]] = [:],
    replacedSecrets: [Text: Text] = [:]
  ) {
    self.failed = failed
    self.repairs = repairs
    self.words = words
    self.replacedSecrets = replacedSecrets
  }

  /// The recordings, the latest first.
  public var latestFirst: [Recording] { repairs.reversed() + [failed] }

  /// What the flow is told is the id of its execution: that of the failed one, so that it asks for the same; nil
  /// where all is done anew, and by an id of the repair's own.
  public func knownAs(_ policy: RepairPolicy) -> Text? {
    policy.startsAnew ? nil : failed.root.knownAs ?? failed.root.execution
  }
}
