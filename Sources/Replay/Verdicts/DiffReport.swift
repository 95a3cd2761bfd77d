public import Values

/// What comparing two versions over many executions found: counts and groups, not rows.
public struct DiffReport: Sendable {
  /// How many executions have each verdict.
  public private(set) var counts: [Verdict: Int] = [:]
  /// The events that would start the new version only.
  public var wouldStart: [WouldStart] = []

  private let alignment: Alignment
  private var reasons: [SkipReason: Int] = [:]
  private var found: [DiffGroup] = []
  private var places: [DiffGroup.Key: Int] = [:]

  /// Makes a report on nothing.
  public init(_ differ: Differ) {
    alignment = differ.alignment
  }

  /// Counts a result.
  public mutating func add(_ result: DiffResult) {
    counts[result.verdict, default: 0] += 1
    if let reason = result.skipReason { reasons[reason, default: 0] += 1 }
    guard result.verdict.isFinding || result.verdict == .equivalent else { return }
    let key = DiffGroup.Key(
      card: result.card,
      verdict: result.verdict,
      kind: result.changes.first?.kind
    )
    guard let place = places[key] else {
      places[key] = found.count
      let name = result.card.flatMap(alignment.name) ?? .empty
      found.append(DiffGroup(key: key, name: name, count: 1, examples: [result.execution]))
      return
    }
    found[place].count += 1
    if found[place].examples.count < DiffGroup.maximumExamples {
      found[place].examples.append(result.execution)
    }
  }
}

extension DiffReport {
  /// The groups, largest first; of equal ones the first met.
  public var groups: [DiffGroup] {
    found.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }

  /// Whether the new version is known or suspected to do anything else.
  public var hasFindings: Bool {
    !wouldStart.isEmpty || counts.contains { $0.key.isFinding && $0.value > 0 }
  }

  /// The report as the last JSON line shows it.
  public var value: Value {
    var summary = Object(
      Verdict.allCases.map { (Text($0.rawValue), Value(count: counts[$0] ?? 0)) }
    )
    summary["total"] = Value(count: counts.values.reduce(0, +))
    if !reasons.isEmpty { summary["reasons"] = SkipReason.counts(reasons) }
    return [
      "summary": .object(summary), "groups": .list(groups.map(\.value)),
      "wouldStart": .list(wouldStart.map(\.value)), "map": alignment.value,
    ]
  }
}
