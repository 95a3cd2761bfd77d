import TestSupport
import Testing
import Values

/// A root that was kept outside the store, given back to `verify`.
@Suite struct KeptRootTests {
  @Test func `the kept root of a log that has grown holds`() throws {
    try withProgramStore { store in
      try store.must("ingest", Fixtures.path("events/system-log.ndjson"))
      let before = try store.must("verify", "--json", endWith: 3).firstObject()
      try store.must("ingest", Fixtures.path("events/slack-message.json"))
      let root = before.string("root")
      let words = ["verify", "--root", root.uppercased(), "--size", "\(before.count("events"))"]
      let run = try store.must(words)
      let size = before.count("events")
      #expect(
        run.lines.last
          == "anchored by you: the first \(size) events are those whose root was kept"
      )
      #expect(run.messages.contains("anchored up to position \(size - 1)"))
      let lines = try store.must(words + ["--json"]).objects()
      #expect(lines[0]["ok"] == true)
      #expect(lines[0].count("anchored") == size - 1)
      #expect(lines[0].object("kept")["derived"] == .text(Text(root)))
      #expect(lines[1].object("coverage").count("anchored") == size - 1)

      let all = try store.must("verify", "--root", root, endWith: 2)
      #expect(all.output.contains("another root"))
      #expect(all.messages.contains("--size"))
    }
  }

  @Test func `another root, or one of more events than there are, is found`() throws {
    let store = try ToldStore.store.get()
    let other = String(repeating: "ab", count: 32)
    let run = try store.must("verify", "--root", other, endWith: 2)
    let root = try store.must("verify", "--json", endWith: 3).firstObject().string("root")
    #expect(run.lines.contains("  kept     \(other)"))
    #expect(run.lines.contains("  derived  \(root)"))
    let cut = try store.must("verify", "--root", root, "--size", "100000", "--json", endWith: 2)
    let line = try cut.firstObject()
    #expect(line["ok"] == false)
    #expect(line["anchored"] == .null)
    #expect(line.object("kept")["derived"] == .null)
  }

  @Test(arguments: [["--root", "abc"], ["--size", "3"]])
  func `half a root and a size alone are no question`(_ words: [String]) throws {
    let run = try ToldStore.store.get().run(["verify"] + words)
    #expect(run.status == 64)
  }

  @Test func `a file that is no store is told of once`() throws {
    try withTemporaryFolder { folder in
      try write("no store", to: folder + "/data.mdb")
      let run = try ProgramRun(["--store", folder, "verify"])
      #expect(run.status == 1)
      #expect(run.messages.hasPrefix("auditcli: ") && !run.messages.contains("auditcli: auditcli:"))
    }
  }
}
