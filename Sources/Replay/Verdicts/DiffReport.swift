public import Values

/// What comparing two versions over many executions found: counts and groups, not rows.
public struct DiffReport: Sendable {
  /// How many executions have each verdict.
  public private(set) var summary = VerdictSummary()
  /// The events that would start the new version only.
  public var wouldStart = WouldStarts()

  private let alignment: Alignment
  private var found: [DiffGroup] = []
  private var places: [DiffGroup.Key: Int] = [:]

  /// Makes a report on nothing.
  public init(_ differ: Differ) {
    alignment = differ.alignment
  }

  /// Counts a result.
  public mutating func add(_ result: DiffResult) {
    summary.add(result)
    guard result.verdict.isFinding || result.verdict == .equivalent else { return }
    let key = DiffGroup.Key(
      card: result.card,
      verdict: result.verdict,
      kind: result.changes.first?.kind
    )
    let example = DiffGroup.Example(
      execution: result.execution,
      proof: result.proof,
      change: result.changes.first,
      reason: result.reason
    )
    guard let place = places[key] else {
      places[key] = found.count
      let name = result.card.flatMap(alignment.name) ?? .empty
      found.append(DiffGroup(key: key, name: name, count: 1, details: [example]))
      return
    }
    found[place].count += 1
    if found[place].details.count < DiffGroup.maximumExamples {
      found[place].details.append(example)
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
  public var hasFindings: Bool { wouldStart.count > 0 || summary.hasFindings }

  /// The report as the last JSON line shows it.
  public var value: Value {
    [
      "summary": summary.value, "groups": .list(groups.map(\.value)),
      "wouldStart": wouldStart.value, "map": alignment.value,
    ]
  }
}
