internal import Replay
internal import Values

/// The report on a suite: that of each pair of versions, one behind the other.
struct SuiteReport {
  let found: SuiteFindings
  let gate: GateOutcome?
  let answers: String?
  let coverage: String

  /// All of it.
  var report: Report {
    let parts = zip(found.versions.pairs, found.reports).map { pair, report in
      ComparisonReport(
        versions: ComparedVersions(
          before: ComparedVersions.Version(pair.old),
          after: ComparedVersions.Version(pair.new),
          runsEverything: true,
          answers: answers
        ),
        found: report,
        coverage: coverage
      ).report
    }
    let gate = self.gate?.blocks ?? []
    if let only = parts.first, parts.count == 1 {
      return Report(
        title: only.title,
        head: gate + only.head,
        groupsTitle: only.groupsTitle,
        groups: only.groups,
        tail: only.tail
      )
    }
    return Report(
      title: "A suite of \(parts.count) flow versions",
      head: gate + [.paragraph(.line("All: ", .strong(found.summary.sentence), "."))]
        + parts.flatMap { [.paragraph($0.title)] + $0.head },
      groupsTitle: parts.first?.groupsTitle ?? "",
      groups: zip(found.versions.pairs, parts).flatMap { pair, part in
        part.groups.map { $0.of(pair.old.label) }
      },
      tail: parts.flatMap { [.heading($0.title.plain)] + $0.tail }
    )
  }
}

extension ReportGroup {
  /// The group with the name of its version in front.
  fileprivate func of(_ label: String) -> ReportGroup {
    ReportGroup(
      title: .line(.code(label), ": ", title),
      verdict: verdict,
      examples: examples,
      rest: rest
    )
  }
}
