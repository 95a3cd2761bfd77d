import Foundation
import TestSupport
import Testing
import Values

/// Recordings that are saved into a folder run without a store, and say what the store says.
@Suite struct SuiteTests {
  @Test func `a saved suite replays identically, wherever it is and whoever looks`() throws {
    try SavedSuite.with { suite in
      let runs = try Elsewhere.places.map { try suite.replay("--json", environment: $0) }
      for run in runs { #expect(run.status == 0, "\(run)") }
      #expect(runs[0].output == runs[1].output)
      let lines = try runs[0].objects().filter { $0.has("verdict") }
      #expect(lines.count == 6)
      #expect(lines.allSatisfy { $0["verdict"] == "identical" })
      #expect(!PackageFolder.exists(suite.folder + "/auditcli.store"), "no store is made")
    }
  }

  @Test(.enabled(if: NoNetwork.isPermitted, "needs unshare -rn"))
  func `a suite runs without a network, and in a folder that nobody can write`() throws {
    try SavedSuite.with { suite in
      _ = try Command.output(["chmod", "-R", "a-w", suite.path])
      defer { _ = try? Command.output(["chmod", "-R", "u+w", suite.path]) }
      let words = ["--with", SavedSuite.export, "--json"]
      let here = try ProgramRun(["replay", "--suite", suite.path] + words)
      let alone = try ProgramRun(
        ["replay", "--suite", suite.path] + words,
        launcher: NoNetwork.launcher
      )
      #expect(here.status == 2, "\(here)")
      #expect(alone.status == here.status, "\(alone)")
      #expect(alone.output == here.output)
    }
  }

  @Test func `the same selection is the same files, byte for byte`() throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      for (number, place) in Elsewhere.places.enumerated() {
        let saved = try store.run(
          ["replay", "--all", "--save-suite", "\(folder)/\(number)"],
          environment: place
        )
        #expect(saved.status == 0, "\(saved)")
      }
      let names = try SavedSuite.names(in: folder + "/0")
      #expect(names.count > 8)
      #expect(try SavedSuite.names(in: folder + "/1") == names)
      for name in names {
        let files = FileManager.default
        let same = files.contentsEqual(
          atPath: "\(folder)/0/\(name)",
          andPath: "\(folder)/1/\(name)"
        )
        #expect(same, "\(name)")
      }
    }
  }

  @Test func `a suite and its store say the same about another version`() throws {
    let store = try ToldStore.store.get()
    try SavedSuite.with { suite in
      let there = try store.run("replay", "--all", "--with", "Breached credential@2", "--json")
      let here = try suite.replay("--with", SavedSuite.export, "--json")
      #expect(here.status == there.status)
      let lines = try [there, here].map { try $0.objects().filter { $0.has("verdict") } }
      #expect(lines[0].count == 6)
      #expect(lines[0] == lines[1])
      let summaries = try [there, here].map { run in
        try run.objects().last { $0.has("summary") && !$0.has("compared") }?["summary"]
      }
      #expect(summaries[0] == summaries[1])
    }
  }

  @Test func `a version that does the same is identical, and the export that was recorded too`()
    throws
  {
    try SavedSuite.with { suite in
      let first = Fixtures.path("flows/breached-password-v1.flopack")
      let run = try suite.replay("--with", first)
      #expect(run.status == 0, "\(run)")
      #expect(run.lines.contains("6 identical"), "\(run)")
    }
  }

  @Test func `an export that no recording reaches tests nothing, and is an error`() throws {
    try SavedSuite.with { suite in
      let other = Fixtures.path("flows/slack-new-message.flopack")
      let run = try suite.replay("--with", SavedSuite.export, "--with", other)
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("slack-new-message.flopack has no flow"), "\(run)")
    }
  }

  @Test func `a report on a suite tells what differs and how the gate ends`() throws {
    try SavedSuite.with { suite in
      let gate = try suite.file("gate.yaml", "allow: [identical, equivalent, fixed]\n")
      let report = suite.folder + "/r.md"
      let run = try suite.replay(
        "--with",
        SavedSuite.export,
        "--gate",
        gate,
        "--report",
        report,
        "--report",
        suite.folder + "/r.html"
      )
      #expect(run.status == 2, "\(run)")
      let text = try String(contentsOfFile: report, encoding: .utf8)
      #expect(text.contains("is **not passed**"), "\(text)")
      #expect(text.contains("changed:arguments is not allowed"), "\(text)")
      #expect(text.contains("## What differs"), "\(text)")
    }
  }

  @Test func `tables and answers of other recordings are in the suite`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/user-added-to-group.flopack"))
      let flow = try #require(try store.flows().first)
      let first = try store.run(["run", flow.hash, "--answers", "typed"])
      #expect(first.status != 1, "\(first)")
      try store.must("replay", "--all", "--save-suite", store.folder + "/suite")
      let run = try ProgramRun(["replay", "--suite", store.folder + "/suite"])
      #expect(run.status == 0, "\(run)")
    }
  }

  @Test(arguments: [
    ["--suite", "s", "--all"], ["--suite", "s", "--save-suite", "t"],
    ["--suite", "s", "--report", "r.md"], ["--suite", "s", "--gate", "g.yaml"],
    ["--all", "--save-suite", "s", "--with", "x"], ["--all", "--with", "x", "--with", "y"],
    ["--all", "--only", "fixed"], ["--save-suite", "s"], [],
  ])
  func `options that do not belong together are refused`(_ words: [String]) throws {
    let run = try ProgramRun(["replay"] + words)
    #expect(run.status == 64, "\(run)")
  }

  @Test func `what cannot be run again is left out and told`() throws {
    let store = try ToldStore.observing.get()
    try withTemporaryFolder { folder in
      let observed = try #require(
        try store.must("history", "--all", "--mode", "observed", "--json").objects().first
      ).string("execution")
      let none = try store.run("replay", observed, "--save-suite", folder + "/suite")
      #expect(none.status == 1, "\(none)")
      #expect(none.messages.contains("1 left out"), "\(none)")
      #expect(!PackageFolder.exists(folder + "/suite"))
      let some = try store.run(
        ["replay", observed, try store.history()[0].string("execution"), "--json"]
          + ["--save-suite", folder + "/suite"]
      )
      #expect(some.status == 0, "\(some)")
      guard case .object(let saved)? = try some.firstObject()["saved"] else {
        Issue.record("\(some)")
        return
      }
      #expect(saved["recordings"] == 1)
      #expect(saved["leftOut"] == ["observed": 1])
    }
  }
}
