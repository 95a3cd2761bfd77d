import TestSupport
import Testing
import Values

/// What a command that cannot be meant so says, and what it names instead.
@Suite struct MistakeTests {
  /// A command line on the demo's store, the status it ends with, and what its messages say.
  struct Line: Sendable, CustomTestStringConvertible {
    let words: [String]
    let status: Int32
    let says: [String]
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: String..., ends status: Int32, says: [String]) {
      (self.words, self.status, self.says) = (words, status, says)
    }
  }

  @Test(arguments: [
    Line("histry", ends: 64, says: ["Did you mean 'history'?"]),
    Line("nothing-near", ends: 64, says: ["There are: ingest, flow, run"]),
    Line("flow", "lst", ends: 64, says: ["Did you mean 'list'?"]),
    Line("history", "--since", "yesterday", ends: 64, says: ["2026-09-14T07:14:00Z"]),
    Line("replay", "--since", "14.9.2026", ends: 64, says: ["2026-09-14,"]),
    Line("search", "--until", "noon", ends: 64, says: ["+02:00"]),
    Line("diff", "a", "b", "--only", "chnged", ends: 64, says: ["broken, fixed, changed"]),
    Line("diff", "a", "b", "--only", "changed:texts", ends: 64, says: ["missing, reordered"]),
    Line("diff", "a", "b", "--group-by", "cards", ends: 64, says: ["connector"]),
    Line("diff", "a", "b", "--report", "a.pdf", ends: 64, says: [".md or .html"]),
    Line("replay", "--all", "--jobs", "0", ends: 64, says: ["from 1 to 256"]),
    Line("history", "--limit", "-1", ends: 64, says: ["from 0 on"]),
    Line("table", "show", "T", "--limit", "-1", ends: 64, says: ["from 0 on"]),
    Line("table", "export", "T", "--offset", "-1", ends: 64, says: ["from 0 on"]),
    Line("table", "history", "T", "--limit", "-1", ends: 64, says: ["from 0 on"]),
    Line("history", "--trigger", "no-such-event", ends: 1, says: ["no event has the id"]),
    Line("history", "--trigger", "99999", "--json", ends: 1, says: ["before position 99999"]),
    Line(
      "run",
      "Breached credential@9",
      "--answers",
      "typed",
      ends: 1,
      says: ["Breached credential has versions 1 and 2"]
    ),
    Line(
      "diff",
      "Breached credential@1",
      "Breached credential@2",
      "--map",
      "a=b",
      ends: 1,
      says: ["--map a=b: there are no such cards"]
    ),
    Line(
      "flow",
      "diff",
      "Breached credential@1",
      "Breached credential@2",
      "--map",
      "a=b",
      ends: 1,
      says: ["--map a=b: there are no such cards"]
    ),
    Line(
      "diff",
      "Breached credential@1",
      "Warn one user@2",
      ends: 2,
      says: ["are versions of different flows"]
    ),
    Line(
      "diff",
      "Breached credential@1",
      "Breached credential@2",
      "--over",
      "eventType eq \"no.such.type\"",
      ends: 0,
      says: ["is chosen by --over eventType eq \"no.such.type\""]
    ),
    Line(
      "run",
      "Warn one user",
      "--answers",
      "typed",
      "--input",
      "\"text\"",
      ends: 1,
      says: ["begins with an object"]
    ),
    Line(
      "run",
      "Warn one user",
      "--answers",
      "typed",
      "--input",
      "null",
      ends: 1,
      says: ["begins with an object"]
    ),
  ])
  func `the message names what is accepted`(_ line: Line) throws {
    let run = try ToldStore.store.get().run(line.words)
    #expect(run.status == line.status, "\(run)")
    for part in line.says { #expect(run.messages.contains(part), "\(run)") }
  }

  @Test func `of several exports those that can be read are added`() throws {
    try withProgramStore { store in
      let empty = store.folder + "/empty.flopack"
      try write("{\"data\":{\"flos\":{},\"groups\":{}}}", to: empty)
      let run = try store.must(
        "flow",
        "add",
        store.folder,
        store.folder + "/absent.flopack",
        empty,
        Fixtures.path("flows/google-form.flopack"),
        endWith: 2
      )
      #expect(run.lines == ["added  New starter from a Google form@1  api-endpoint"])
      for part in ["\(store.folder) is a folder", "No such file or directory", empty] {
        #expect(run.messages.contains(part), "\(run)")
      }
    }
  }

  @Test func `a name that is another flow's version is told to be both`() throws {
    try withProgramStore { store in
      let export = Fixtures.path("flows/google-form.flopack")
      try store.must("flow", "add", export)
      let id = try store.must("flow", "list", "--json").firstObject().string("flow")
      let name = "New starter from a Google form"
      let twin = String(decoding: try Fixtures.bytes("flows/google-form.flopack"), as: UTF8.self)
        .replacing(id, with: "11111111-2222-3333-4444-555555555555")
        .replacing("\"\(name)\"", with: "\"\(name)@1\"")
      try write(twin, to: store.folder + "/twin.flopack")
      try store.must("flow", "add", store.folder + "/twin.flopack")
      let run = try store.run("run", "\(name)@1", "--answers", "typed")
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("could be any of these"), "\(run)")
      try store.must("run", "\(name)@1@1", "--answers", "typed")
    }
  }

  @Test func `a demo without its fixtures leaves no store behind`() throws {
    try withProgramStore { store in
      let run = try store.must("demo", "--fixtures", store.folder + "/nosuch", endWith: 1)
      #expect(run.messages.contains("--fixtures"))
      #expect(!PackageFolder.exists(store.path))
    }
  }

  @Test func `changes of an execution itself are named without a place`() throws {
    let run = try ToldStore.store.get().must(
      "replay",
      "--all",
      "--with",
      "Breached credential@2",
      endWith: 2
    )
    let fixed = try #require(run.lines.first { $0.contains("  fixed  ") })
    #expect(fixed.contains("new ygrUDOqd-0[0]/x6CjEQweLs, status, error"), "\(fixed)")
  }

  @Test func `a group of diff says how many executions it does not name`() throws {
    try withProgramStore { store in
      try store.must("demo", "--fixtures", Fixtures.path(""))
      for _ in 0..<4 {
        try store.run("run", "Breached credential@1", "--event", "65", "--answers", "typed")
      }
      let run = try store.run("diff", "Breached credential@1", "Breached credential@2")
      #expect(run.lines.contains { $0.contains("… and ") && $0.hasSuffix(" more") }, "\(run)")
    }
  }
}
