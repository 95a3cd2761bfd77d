internal import Flows
internal import Replay
internal import Values

/// What comparing a suite found, version by version.
struct SuiteFindings {
  let versions: SuiteVersions
  /// What was found of each pair of versions.
  private(set) var reports: [DiffReport]
  /// How many executions of all have which verdict.
  private(set) var summary = VerdictSummary()

  init(
    _ versions: SuiteVersions,
    groupedBy grouping: DiffGrouping,
    only selection: VerdictSelection
  ) {
    self.versions = versions
    reports = versions.pairs.map {
      DiffReport($0.differ, groupedBy: grouping, only: selection)
    }
  }

  /// Counts a result; returns whether it is shown.
  mutating func add(_ result: DiffResult, toPair place: Int) -> Bool {
    summary.add(result)
    return reports[place].add(result)
  }

  /// Writes what was found of each pair, and the counts of all.
  func write(json: Bool) {
    for (place, (pair, report)) in zip(versions.pairs, reports).enumerated() {
      if json {
        Output.json(Self.line(pair, report))
      } else {
        if place > 0 { Output.line("") }
        Output.line(Style.strong("\(pair.old.label) → \(pair.new.label)".visible))
        for line in DiffText(report).lines { Output.line(line) }
      }
    }
    if json {
      Output.json(["summary": summary.value])
    } else if reports.count > 1 {
      Output.line("")
      Output.line("All of \(reports.count) flow versions: \(summary.sentence)")
    }
  }

  private static func line(_ pair: SuiteVersions.Pair, _ report: DiffReport) -> Object {
    var line: Object = [
      "compared": [
        "flow": .text(pair.old.id), "name": .text(pair.old.closure.flow.name),
        "old": .text(pair.old.hash), "new": .text(pair.new.hash),
      ]
    ]
    if case .object(let members) = report.value {
      for (key, value) in members where key != "wouldStart" { line[key] = value }
    }
    return line
  }
}
