internal import Replay
internal import Values

/// A comparison as lines of a terminal: counts, then groups with some of their executions.
struct DiffText {
  private let report: DiffReport
  private let width: Int

  init(_ report: DiffReport, width: Int = Terminal.width) {
    self.report = report
    self.width = width
  }

  /// The lines.
  var lines: [String] {
    [report.summary.sentence] + narrowing + report.groups.flatMap(lines) + unrecorded + wouldStart
  }

  private var narrowing: [String] {
    let items = report.selection.items
    guard !items.isEmpty else { return [] }
    let words = items.map(\.text).joined(separator: ", ")
    return ["\(report.shown) of \(report.summary.total) shown: \(words)"]
  }

  /// What the verdicts rest on that no recording has; the first few.
  private var unrecorded: [String] {
    let answers = report.unrecordedAnswers
    guard !answers.isEmpty else { return [] }
    let shown = answers.prefix(Self.answersShown)
    return ["", "no recording has the answer of"]
      + shown.flatMap { answer -> [String] in
        let line =
          "    \(answer.executions) × \(answer.request.description.visible) at \(answer.step.description.visible)"
        let words = answer.words
        return line.columns + 2 + words.columns <= width
          ? ["\(line)  \(words)"] : [line, "      \(words)"]
      }
      + rest(of: answers.count, shown: shown.count)
  }

  private static let answersShown = 5

  private var wouldStart: [String] {
    let events = report.wouldStart
    guard events.count > 0 else { return [] }
    return ["", "\(events.count) × would start"]
      + events.examples.map { event in
        "    \(event.position)" + (event.type.map { "  \($0.description.visible)" } ?? "")
      }
      + rest(of: events.count, shown: events.examples.count)
  }

  /// A count, what it is put down to, and the first executions with their leading change.
  private func lines(of group: DiffGroup) -> [String] {
    [""] + title(of: group) + group.details.flatMap { lines(of: $0, in: group) }
      + rest(of: group.count, shown: group.details.count)
  }

  /// How many, and what they have in common; a path that does not fit has a line of its own.
  private func title(of group: DiffGroup) -> [String] {
    let style: Style = group.key.verdict == .broken ? .bad : .strong
    let count = style("\(group.count) × \(outcome(of: group))")
    let names = names(of: group).filter { !$0.isEmpty }
    let line = ([count] + names).joined(separator: "  ")
    guard line.columns > width, let last = names.last, names.count > 1 else { return [line] }
    return [([count] + names.dropLast()).joined(separator: "  "), "    \(last)"]
  }

  private func outcome(of group: DiffGroup) -> String {
    let (verdict, kind) = (group.key.verdict?.rawValue, group.key.kind?.rawValue)
    return switch report.grouping {
    case .card, .step: (verdict ?? "") + (kind.map { " (\($0))" } ?? "")
    case .kind: kind ?? "no change"
    case .connector: group.key.connector?.description.visible ?? "no request differs"
    case .verdict: verdict ?? ""
    }
  }

  private func names(of group: DiffGroup) -> [String] {
    let name = group.name.description.visible
    switch report.grouping {
    case .card: return [group.key.card == nil ? "no edited card reached" : name]
    case .step:
      guard let step = group.key.step else { return ["no step differs"] }
      return step.isEmpty ? ["the execution itself"] : [name, step.description.visible]
    case .kind, .connector, .verdict: return []
    }
  }

  private func lines(of example: DiffGroup.Example, in group: DiffGroup) -> [String] {
    let proof = example.proof?.rawValue ?? ""
    let words = group.key.verdict == nil ? [example.result.verdict.rawValue, proof] : [proof]
    let outcome = words.filter { !$0.isEmpty }.joined(separator: ", ")
    return ExampleText(
      head: [example.execution.description, outcome],
      sentence: example.change?.sentence ?? example.reason,
      change: example.change,
      width: width
    ).lines
  }

  private func rest(of count: Int, shown: Int) -> [String] {
    count > shown ? ["    … and \(count - shown) more"] : []
  }
}
