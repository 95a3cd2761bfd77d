import TestSupport
import Testing
import Values

/// What a gate lets through on the demo's comparison: two fixed by a new mail, one changed text, one
/// equivalent, two identical.
@Suite struct GateTests {
  /// A gate, the status, and what is said.
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let gate: String
    let status: Int32
    let says: [String]
    var testDescription: String { name }

    init(_ name: String, _ gate: String, ends status: Int32, says: String...) {
      (self.name, self.gate, self.status, self.says) = (name, gate, status, says)
    }
  }

  private static let all = "allow: [identical, equivalent, fixed, changed]"

  static let examples = [
    Example("all that is there is allowed", all, ends: 0, says: "is passed"),
    Example(
      "an edited text is not allowed",
      "allow: [identical, equivalent, fixed]",
      ends: 2,
      says: "1 × changed:arguments is not allowed",
      "slack:sendDirectMessage2\n      arguments",
      "Message/Text\n        - …ur password today."
    ),
    Example(
      "an edited text is allowed by its kind",
      "allow: [identical, equivalent, fixed, 'changed:arguments']",
      ends: 0,
      says: "is passed"
    ),
    Example(
      "another kind of change is allowed",
      "allow: [identical, equivalent, fixed, 'changed:new']",
      ends: 2,
      says: "changed:arguments is not allowed"
    ),
    Example(
      "nothing may differ",
      "{}",
      ends: 2,
      says: "2 × fixed:new is not allowed",
      "1 × changed:arguments is not allowed"
    ),
    Example(
      "a new effect of a forbidden connector",
      "\(all)\nforbid:\n  - effect: new\n    connector: gmail\n",
      ends: 2,
      says: "2 × new effects of gmail are forbidden",
      "forbid[0]"
    ),
    Example(
      "a new effect of another connector",
      "\(all)\nforbid:\n  - effect: new\n    connector: okta\n",
      ends: 0,
      says: "is passed"
    ),
    Example(
      "another method of the connector",
      "\(all)\nforbid:\n  - effect: [new, changed]\n    connector: gmail\n    method: deleteMail\n",
      ends: 0,
      says: "is passed"
    ),
    Example(
      "a changed effect of any connector",
      "\(all)\nforbid:\n  - effect: changed\n",
      ends: 2,
      says: "1 × changed effects are forbidden"
    ),
    Example(
      "assumptions are not accepted",
      "\(all)\nproof: proven",
      ends: 2,
      says: "2 × what is assumed is not accepted"
    ),
    Example(
      "the flow has rules of its own",
      "allow: identical\nflows:\n  Breached credential:\n    \(all)",
      ends: 0,
      says: "is passed"
    ),
    Example(
      "the flow's own rules are narrower",
      "\(all)\nflows:\n  Breached credential:\n    proof: [proven]",
      ends: 2,
      says: "flows.Breached credential.proof"
    ),
    Example(
      "a flow that is not there",
      "\(all)\nflows:\n  Another:\n    allow: identical\nlimit: {skipped: 0, undecidable: 0}",
      ends: 0,
      says: "is passed"
    ),
  ]

  @Test(arguments: examples)
  func `a suite, a replay and a diff pass the same gates`(_ example: Example) throws {
    let store = try ToldStore.store.get()
    try SavedSuite.with { suite in
      let gate = try suite.file("gate.yaml", example.gate)
      let runs = try [
        suite.replay("--with", SavedSuite.export, "--gate", gate),
        store.run("replay", "--all", "--with", "Breached credential@2", "--gate", gate),
        store.run("diff", "Breached credential@1", "Breached credential@2", "--gate", gate),
      ]
      for run in runs {
        #expect(run.status == example.status, "\(run)")
        for words in example.says { #expect(run.output.contains(words), "\(words): \(run)") }
      }
    }
  }

  @Test func `JSON tells each broken rule with where and what`() throws {
    try SavedSuite.with { suite in
      let gate = try suite.file("gate.yaml", "allow: [identical, equivalent, fixed]")
      let run = try suite.replay("--with", SavedSuite.export, "--gate", gate, "--json")
      let line = try #require(try run.objects().first { $0.has("gate") })
      guard case .object(let told)? = line["gate"], case .list(let broken)? = told["broken"],
        case .object(let rule)? = broken.first, case .list(let examples)? = rule["examples"],
        case .object(let example)? = examples.first
      else {
        Issue.record("\(run)")
        return
      }
      #expect(told["passed"] == false)
      #expect(rule["rule"] == "allow")
      #expect(rule["count"] == 1)
      #expect(example["effect"] == "slack:sendDirectMessage2")
      #expect(example["path"] == "Message/Text")
      #expect(example.string("step").contains("6fUwnk6pvq"))
    }
  }

  @Test func `a gate over nothing is not passed`() throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      try write("{}", to: folder + "/gate.yaml")
      let run = try store.run(
        ["replay", "--all", "--with", "Warn one user@2", "--gate", folder + "/gate.yaml"]
      )
      #expect(run.status == 1, "\(run)")
      #expect(run.output.contains("nothing was compared"), "\(run)")
    }
  }
}
