public import Values

/// How many comparisons had which verdict, and how certain they are.
public struct VerdictSummary: Hashable, Sendable {
  /// How many executions have each verdict.
  public private(set) var counts: [Verdict: Int] = [:]
  /// How many were skipped, by reason.
  public private(set) var reasons: [SkipReason: Int] = [:]
  /// How many another engine recorded.
  public private(set) var otherEngine = 0
  private var proofs: [Verdict: [Proof: Int]] = [:]

  /// Makes a summary of nothing.
  public init() {}

  /// Counts a result.
  public mutating func add(_ result: DiffResult) {
    counts[result.verdict, default: 0] += 1
    if let proof = result.proof { proofs[result.verdict, default: [:]][proof, default: 0] += 1 }
    if let reason = result.skipReason { reasons[reason, default: 0] += 1 }
    if result.otherEngine != nil { otherEngine += 1 }
  }

  /// Whether the new version is known or suspected to do anything else.
  public var hasFindings: Bool { counts.contains { $0.key.isFinding && $0.value > 0 } }

  /// Whether there were executions, and none could be compared.
  public var isOnlySkipped: Bool { total > 0 && counts[.skipped] == total }

  /// The verdicts that any execution has with their counts: `1 fixed, 2 identical`.
  public var sentence: String {
    let found = Verdict.allCases.compactMap { verdict in
      counts[verdict].map { "\($0) \(verdict.rawValue)" }
    }
    return found.isEmpty ? "nothing compared" : found.joined(separator: ", ")
  }

  /// How many executions there are.
  public var total: Int { counts.values.reduce(0, +) }

  /// How many executions have a verdict that is so certain.
  public func count(of verdict: Verdict, _ proof: Proof) -> Int { proofs[verdict]?[proof] ?? 0 }

  /// How many executions have any verdict that is so certain.
  public func count(_ proof: Proof) -> Int { proofs.values.reduce(0) { $0 + ($1[proof] ?? 0) } }

  /// The counts of all verdicts and proofs, also of those that nothing has, and the reasons for skipping.
  public var value: Value {
    var summary = Object(
      Verdict.allCases.map { (Text($0.rawValue), Value(count: counts[$0] ?? 0)) }
    )
    summary["total"] = Value(count: total)
    for proof in Proof.allCases { summary[Text(proof.rawValue)] = Value(count: count(proof)) }
    if otherEngine > 0 { summary["otherEngine"] = Value(count: otherEngine) }
    if !reasons.isEmpty { summary["reasons"] = SkipReason.counts(reasons) }
    return .object(summary)
  }
}
