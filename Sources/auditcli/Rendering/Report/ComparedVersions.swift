internal import Values

/// What a comparison was asked for, as its report tells it.
struct ComparedVersions: Hashable, Sendable {
  /// A version of a flow.
  struct Version: Hashable, Sendable {
    /// What somebody reads: `notify@2`.
    let label: String
    /// The id of its flow.
    let flow: Text
    /// The hash of all that it can reach.
    let hash: Text
  }

  let before: Version
  let after: Version
  /// The options that chose executions, nil for all.
  var chosenBy: String?
  /// Whether every execution was run.
  var runsEverything = false
  /// Pairs of cards that somebody said are the same.
  var map: [String] = []
  /// The file of answers.
  var answers: String?
}

extension ComparedVersions.Version {
  init(_ flow: NamedFlow) {
    self.init(label: flow.label, flow: flow.id, hash: flow.hash)
  }
}
