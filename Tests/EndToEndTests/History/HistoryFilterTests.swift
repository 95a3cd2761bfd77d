import TestSupport
import Testing
import Values

/// Which executions `history` lists: those run here and those Okta told of, by what they are.
@Suite struct HistoryFilterTests {
  /// Options of `history`, and what the executions found have in a member, the latest first.
  struct Line: Sendable, CustomTestStringConvertible {
    let words: [String]
    let member: Text
    let found: [String]
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: String..., member: Text, are found: [String]) {
      (self.words, self.member, self.found) = (words, member, found)
    }
  }

  private static func times(_ count: Int, _ word: String) -> [String] {
    Array(repeating: word, count: count)
  }

  private func history(_ words: [String]) throws -> [Object] {
    let run = try ToldStore.observing.get().must(["history", "--json"] + words)
    return try run.objects().filter { $0.has("execution") }
  }

  @Test(arguments: [
    Line("--mode", "observed", member: "status", are: ["failed", "succeeded"]),
    Line("--mode", "local", member: "mode", are: times(6, "local")),
    Line("--mode", "live", member: "mode", are: []),
    Line("--status", "failed", member: "mode", are: ["observed", "local", "local"]),
    Line("--status", "failed", "--mode", "local", "--limit", "1", member: "mode", are: ["local"]),
    Line("--status", "cancelled", member: "status", are: []),
    Line("--limit", "0", member: "status", are: []),
    Line(
      "--flow",
      "Breached credential",
      member: "mode",
      are: times(2, "observed") + times(6, "local")
    ),
    Line("--flow", "Breached credential@1", member: "mode", are: times(6, "local")),
    Line("--flow", "Breached credential@2", member: "mode", are: []),
    Line("--flow", "01SV9ZPSZ3YZK6ZVA500693HB6", member: "mode", are: times(2, "observed")),
    Line("--flow", "Warn one user", member: "mode", are: []),
    Line(
      "--flow",
      "Warn one user",
      "--all",
      "--mode",
      "observed",
      member: "status",
      are: ["failed", "succeeded"]
    ),
    Line("--until", "2026-09-15", member: "started", are: ["2026-09-14T07:14:01.000Z"]),
    Line(
      "--since",
      "2026-09-15",
      "--until",
      "2026-09-16",
      member: "started",
      are: ["2026-09-15T06:14:01.000Z"]
    ),
    Line("--since", "2026-09-15T06:14:01.001Z", "--mode", "observed", member: "started", are: []),
    Line("--trigger", "65", member: "status", are: ["succeeded"]),
    Line("--trigger", "189", member: "started", are: ["2026-09-14T07:14:01.000Z"]),
    Line("--trigger", "64", member: "status", are: []),
  ])
  func `the history lists what is asked for`(_ line: Line) throws {
    #expect(try history(line.words).map { $0.string(line.member) } == line.found)
  }

  @Test func `an execution is found by the position and by the id of what started it`() throws {
    for execution in try history([]) {
      let trigger = execution.object("trigger")
      for word in [String(trigger.count("position")), trigger.string("id")] {
        #expect(try history(["--trigger", word]) == [execution])
      }
    }
  }

  @Test func `a flow is found by its id and by its hash too`() throws {
    let flows = try ToldStore.observing.get().must("flow", "list", "--json").objects()
    let flow = try #require(flows.first { $0.string("name") == "Breached credential" })
    #expect(try history(["--flow", flow.string("flow")]).count == 6)
    #expect(try history(["--flow", String(flow.string("hash").prefix(8))]).count == 6)
  }

  @Test func `a tree lists below each execution what it called, in the order in which it began`()
    throws
  {
    let roots = try history([])
    let tree = try history(["--tree"])
    #expect(tree.filter { $0["parent"] == .null } == roots)
    var parent = Object()
    for line in tree {
      if line["parent"] == .null { parent = line }
      #expect(line["root"] == parent["execution"])
      #expect(line["parent"] == .null || line["parent"] == parent["execution"])
    }
    let all = try history(["--all"])
    #expect(Set(all) == Set(tree))
    #expect(all.count == 17)
  }

  @Test func `what Okta ran has the keys of what ran here, and no version`() throws {
    let observed = try #require(try history(["--mode", "observed"]).first)
    #expect(observed.keys == (try history(["--mode", "local"]).first?.keys))
    #expect(observed["version"] == .null)
    #expect(observed["steps"] == 6)
    #expect(observed.object("trigger")["actor"] == "niko.salminen@example.com")
  }

  @Test func `the table tells where executions come from where not all ran here`() throws {
    let store = try ToldStore.observing.get()
    #expect(try store.must("history").lines[0].contains("  MODE  "))
    #expect(!(try store.must("history", "--mode", "local").lines[0].contains("MODE")))
  }

  @Test func `the steps of what Okta ran are not known, and show says so`() throws {
    let observed = try #require(try history(["--mode", "observed"]).first)
    let run = try ToldStore.observing.get().must("show", observed.string("execution"))
    #expect(run.lines[0].hasPrefix(observed.string("status")))
    #expect(run.output.contains("observed"))
    #expect(run.messages.contains("Okta ran it, and tells of no steps."))
  }

  @Test(arguments: [
    (["--status", "done"], ["running", "succeeded", "stopped", "failed", "cancelled"]),
    (["--mode", "okta"], ["local", "live", "replay", "observed"]),
    (["--tree", "--all"], ["--tree or --all"]),
  ])
  func `what cannot be meant is refused with what can`(_ words: [String], _ named: [String]) throws
  {
    let run = try ToldStore.observing.get().run(["history"] + words)
    #expect(run.status == 64)
    for word in named { #expect(run.messages.contains(word), "\(run)") }
  }

  @Test func `a flow that nobody knows is named, not taken for one that never ran`() throws {
    let run = try ToldStore.observing.get().run("history", "--flow", "Breached")
    #expect(run.status == 1)
    #expect(run.messages.contains("no flow is called Breached"))
  }
}
