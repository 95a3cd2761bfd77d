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
    let examples = rule.examples.map { example in
      "    \(example.execution)  \(example.words)".visible
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
    let items = rule.examples.map { example in
      ReportText.line(.code(example.execution), ": ", .code(example.words))
    }
    return [.paragraph(title)] + (items.isEmpty ? [] : [.list(items)])
  }
}
