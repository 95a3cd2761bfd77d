public import ArgumentParser
public import Replay

/// What of a comparison is shown, and where else it is written.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Show these verdicts only, or a verdict's changes of a kind; the summary counts all.",
      discussion: "broken,fixed or changed:arguments; may be repeated",
      valueName: "verdict"
    )
  )
  var only: [String] = []

  @Option(help: ArgumentHelp("What executions of one group have in common.", valueName: "what"))
  var groupBy: DiffGrouping = .card

  @Option(
    help: ArgumentHelp(
      "Write a report too, as Markdown or HTML by the name's ending; may be repeated.",
      valueName: "file.md|file.html"
    )
  )
  var report: [String] = []
}

extension DiffGrouping: ExpressibleByArgument {}

extension ReportOptions {
  func validate() throws {
    for word in words where VerdictSelection.Item(parsing: word) == nil {
      throw ValidationError(
        "--only \(word): there are \(Self.list(Verdict.allCases)), and behind a verdict and a colon "
          + "\(Self.list(ChangeKind.allCases))."
      )
    }
    for file in report where ReportFormat(file: file) == nil {
      throw ValidationError("--report \(file): the name of a report ends with .md or .html.")
    }
  }

  private static func list<Word: RawRepresentable<String>>(_ words: [Word]) -> String {
    words.map(\.rawValue).joined(separator: ", ")
  }

  /// Whether nothing is asked for.
  var isEmpty: Bool { only.isEmpty && report.isEmpty && groupBy == .card }

  private var words: [String] {
    only.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { String($0).trimmed }
  }

  /// What is shown.
  var selection: VerdictSelection {
    VerdictSelection(words.compactMap(VerdictSelection.Item.init))
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
