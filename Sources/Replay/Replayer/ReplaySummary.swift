public import Values

/// How many recordings replayed how.
public struct ReplaySummary: Hashable, Sendable {
  /// How many gave what was recorded.
  public private(set) var identical = 0
  /// How many gave something else.
  public private(set) var diverged = 0
  /// How many could not be run again.
  public private(set) var skipped = 0
  /// How many were made by another engine.
  public private(set) var otherEngine = 0
  /// How many steps ran.
  public private(set) var steps = 0
  private var reasons: [SkipReason: Int] = [:]

  /// Makes a summary of nothing.
  public init() {}

  /// Counts a result.
  public mutating func add(_ result: ReplayResult) {
    switch result.outcome {
    case .identical: identical += 1
    case .diverged: diverged += 1
    case .skipped(let reason):
      skipped += 1
      reasons[reason, default: 0] += 1
    }
    steps += result.stepCount
    if result.otherEngine != nil { otherEngine += 1 }
  }

  /// Whether any recording gave something else.
  public var hasFindings: Bool { diverged > 0 }

  /// Whether there were recordings, and none could be run again.
  public var isOnlySkipped: Bool { skipped > 0 && identical + diverged == 0 }

  /// The summary as the last JSON line shows it.
  public var value: Value {
    var summary: Object = [
      "identical": Value(count: identical), "diverged": Value(count: diverged),
      "skipped": Value(count: skipped), "otherEngine": Value(count: otherEngine),
      "steps": Value(count: steps),
    ]
    if skipped > 0 { summary["reasons"] = SkipReason.counts(reasons) }
    return ["summary": .object(summary)]
  }
}

extension SkipReason {
  /// Counts by reason, in the order in which the reasons are declared.
  public static func counts(_ counts: [SkipReason: Int]) -> Value {
    .object(
      Object(
        allCases.compactMap { reason in
          counts[reason].map { (Text(reason.rawValue), Value(count: $0)) }
        }
      )
    )
  }
}

extension Value {
  /// A count as a number.
  init(count: Int) { self = .number(Double(count)) }
}
