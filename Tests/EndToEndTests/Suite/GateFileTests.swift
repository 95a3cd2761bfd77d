import TestSupport
import Testing

/// A file of rules that cannot be read as it was meant is refused, with the line and what there is.
@Suite struct GateFileTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let gate: String
    let says: String
    var testDescription: String { says }

    init(_ gate: String, says: String) { (self.gate, self.says) = (gate, says) }
  }

  @Test(arguments: [
    Mistake("alow: [fixed]", says: "gate.yaml:1: alow: no such member; there are allow, flows"),
    Mistake("allow: [fxied]", says: "gate.yaml:1: allow[0]: it must be one of broken, fixed"),
    Mistake("allow:\n  - changed:argument", says: "gate.yaml:2: allow[0]: it must be one of"),
    Mistake("forbid: new", says: "gate.yaml:1: forbid: it must be a list"),
    Mistake("forbid:\n  - connector: okta", says: "gate.yaml:2: forbid[0]: it needs effect"),
    Mistake("forbid:\n  - effect: gone", says: "forbid[0].effect: it must be one of new, missing"),
    Mistake(
      "forbid:\n  - effect: new\n    conector: a",
      says: "gate.yaml:3: forbid[0].conector: no"
    ),
    Mistake("forbid:\n  - effect: new\n    connector: []", says: "connector: it names nothing"),
    Mistake("proof: sure", says: "gate.yaml:1: proof: it must be one of proven, assumed, partial"),
    Mistake("limit:\n  skipped: -1", says: "gate.yaml:2: limit.skipped: it must be a whole number"),
    Mistake("limit: {broken: 1}", says: "limit.broken: no such member; there are skipped"),
    Mistake("flows:\n  notify:\n    flows: {}", says: "gate.yaml:3: flows.notify.flows: no such"),
    Mistake("allow: [fixed]\nallow: [changed]", says: "the key allow"),
    Mistake("allow: [", says: "it is not YAML"), Mistake("", says: "it is empty"),
    Mistake("- allow", says: "it must be a mapping"),
  ])
  func `a mistake is told with its place`(_ mistake: Mistake) throws {
    try SavedSuite.with { suite in
      let gate = try suite.file("gate.yaml", mistake.gate)
      let run = try suite.replay("--with", SavedSuite.export, "--gate", gate)
      #expect(run.status == 1, "\(run)")
      #expect(run.output.isEmpty)
      #expect(run.messages.contains(mistake.says), "\(run)")
    }
  }
}
