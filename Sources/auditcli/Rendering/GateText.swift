internal import Replay
internal import Values

extension GateOutcome {
  /// Writes the outcome as a line of JSON, or below the result.
  func write(json: Bool) {
    guard !json else { return Output.json(line) }
    for line in lines { Output.line(line) }
  }

  private var line: Object {
    [
      "gate": [
        "file": .text(Text(file)), "passed": .boolean(isPassed),
        "broken": .list(broken.map(\.value)),
      ]
    ]
  }

  /// The broken rules as lines of a terminal, each with how many executions and the first of them.
  private var lines: [String] {
    guard !isPassed else { return ["", Style.good("The gate \(file) is passed.".visible)] }
    let title = Style.bad("The gate \(file) is not passed: \(why).".visible)
    return ["", title] + broken.flatMap(Self.lines)
  }

  private var why: String {
    if broken.isEmpty { return "nothing was compared" }
    return broken.count == 1 ? "1 rule is broken" : "\(broken.count) rules are broken"
  }

  private static func lines(_ rule: BrokenRule) -> [String] {
    let title = "\(rule.count) × \(rule.sentence)".visible
    let examples = rule.examples.flatMap { example in
      ExampleText(
        head: [example.execution.description, (example.change?.effect?.description ?? "").visible],
        sentence: example.words,
        change: example.change,
        width: Terminal.width
      ).lines
    }
    let rest = rule.count - rule.examples.count
    let more = rest > 0 && !rule.examples.isEmpty ? ["    … and \(rest) more"] : []
    return ["", "\(Style.strong(title))  \(rule.place.visible)"] + examples + more
  }
}

extension GateOutcome {
  /// The outcome as the first part of a report.
  var blocks: [ReportBlock] {
    guard !isPassed else {
      return [.paragraph(.line("The gate ", .code(file), " is ", .strong("passed"), "."))]
    }
    return [
      .paragraph(
        .line("The gate ", .code(file), " is ", .strong("not passed"), ": \(why).")
      )
    ] + broken.flatMap(Self.blocks)
  }

  private static func blocks(_ rule: BrokenRule) -> [ReportBlock] {
    let title = ReportText.line(
      .strong("\(rule.count)"),
      " × ",
      .code(rule.sentence),
      " (",
      .code(rule.place),
      ")"
    )
    return [.paragraph(title)] + rule.examples.flatMap(blocks)
  }

  /// An execution that is against a rule, with both sides of what differs.
  private static func blocks(_ example: BrokenRule.Example) -> [ReportBlock] {
    let execution = ReportText.line(.code(example.execution), ": ")
    guard let change = example.change else {
      return [.paragraph(.line(execution, .code(example.words)))]
    }
    let title = ReportBlock.paragraph(.line(execution, .change(change)))
    return change.sides == nil ? [title] : [title, .difference(DifferenceLine.lines(of: change))]
  }
}
