public import Values

/// What came of running a recording again with the flow version that made it.
public struct ReplayResult: Hashable, Sendable {
  /// What came of it.
  public enum Outcome: Hashable, Sendable {
    /// Every step, request, callee and result is as recorded.
    case identical
    /// Something differs, first this.
    case diverged(Divergence)
    /// The recording cannot be run again.
    case skipped(SkipReason)
  }

  /// The root execution.
  public let execution: Text
  /// What came of it.
  public let outcome: Outcome
  /// The engine that made the recording, where it is not this one.
  public let otherEngine: Text?
  /// How many steps the replay ran.
  public let stepCount: Int

  /// Makes a result.
  public init(execution: Text, outcome: Outcome, otherEngine: Text?, stepCount: Int) {
    self.execution = execution
    self.outcome = outcome
    self.otherEngine = otherEngine
    self.stepCount = stepCount
  }
}

extension ReplayResult {
  /// The result for an execution that cannot be run again.
  public static func skipped(_ execution: Text, _ reason: SkipReason) -> ReplayResult {
    ReplayResult(execution: execution, outcome: .skipped(reason), otherEngine: nil, stepCount: 0)
  }

  /// The first divergence, nil where there is none.
  public var divergence: Divergence? {
    if case .diverged(let divergence) = outcome { divergence } else { nil }
  }

  /// Why the recording cannot be run again, nil where it can.
  public var skipReason: SkipReason? {
    if case .skipped(let reason) = outcome { reason } else { nil }
  }

  /// The outcome in one word: `identical`, `diverged` or `skipped`.
  public var verdict: Text {
    switch outcome {
    case .identical: "identical"
    case .diverged: "diverged"
    case .skipped: "skipped"
    }
  }

  /// The result as a JSON line shows it.
  public var value: Value {
    var object: Object = ["execution": .text(execution), "verdict": .text(verdict)]
    switch outcome {
    case .identical: object["proof"] = "proven"
    case .diverged(let divergence):
      object["proof"] = "proven"
      object["divergence"] = divergence.value
    case .skipped(let reason): object["reason"] = .text(Text(reason.sentence))
    }
    if let otherEngine { object["engine"] = .text(otherEngine) }
    return .object(object)
  }
}
