import TestSupport
import Testing
import Values

/// What the commands answer on the demo's store, as text.
@Suite struct AnswerSnapshotTests {
  /// A command line on the demo's store; `FIRST` and `FAILED` stand for executions' ids, `STEP` for
  /// the step that wrote the first message.
  struct Line: Sendable, CustomTestStringConvertible {
    let name: String
    let words: [String]
    var testDescription: String { name }

    init(_ name: String, _ words: String...) {
      (self.name, self.words) = (name, words)
    }
  }

  @Test(arguments: [
    Line("history", "history"),
    Line("history-failed", "history", "--status", "failed"),
    Line("history-tree", "history", "--tree", "--limit", "2"),
    Line("show", "show", "FIRST"),
    Line("show-tree", "show", "FIRST", "--tree"),
    Line("show-failed", "show", "FAILED", "--tree"),
    Line("trace-down", "trace", "65", "--down"),
    Line("trace-up", "trace", "STEP", "--up"),
    Line("alerts", "alerts"),
    Line("alerts-seen", "alerts", "list", "--status", "seen"),
    Line("search", "search", "eventType sw \"security.\""),
    Line("search-explain", "search", "eventType eq \"user.session.start\"", "--explain"),
    Line("search-explain-scan", "search", "displayMessage co \"login\"", "--explain"),
    Line("verify", "verify"),
    Line("verify-deep", "verify", "--deep"),
    Line("stats", "stats"),
    Line("flow-list", "flow", "list"),
    Line("flow-check", "flow", "check", "Breached credential"),
    Line("flow-show", "flow", "show", "Warn one user"),
    Line("flow-show-calls", "flow", "show", "Breached credential@1", "--calls"),
    Line("replay", "replay", "--all"),
    Line("diff", "diff", "Breached credential@1", "Breached credential@2"),
    Line(
      "diff-only",
      "diff",
      "Breached credential@1",
      "Breached credential@2",
      "--only",
      "changed,fixed:status",
      "--group-by",
      "connector"
    ),
    Line(
      "diff-step",
      "diff",
      "Breached credential@1",
      "Breached credential@2",
      "--group-by",
      "step"
    ),
  ])
  func `the answer is the kept one`(_ line: Line) throws {
    let store = try ToldStore.store.get()
    let executions = try ToldStore.executions.get()
    let words = try line.words.map { word in
      switch word {
      case "FIRST": executions[0]
      case "FAILED": executions[3]
      case "STEP": try messageStep(of: executions[0], in: store)
      default: word
      }
    }
    let run = try store.run(words)
    var masks = Masks(store: store.path)
    var text = masks.masked(run.output + run.messages)
    if line.name == "stats" { text = text.replacing(#/[0-9]{4,}/#, with: "<bytes>") }
    try Snapshot(name: "answer-\(line.name)").expect(
      "$ auditcli \(masks.masked(line.words.joined(separator: " ")))\n\(text)"
    )
  }

  private func messageStep(of execution: String, in store: ProgramStore) throws -> String {
    let steps = try store.must("show", execution, "--tree", "--json").objects()
    let message = steps.first { $0["address"] == "slack:sendDirectMessage2" }
    let step = try #require(message)
    return "\(step.string("execution"))/\(step.string("step"))"
  }
}
