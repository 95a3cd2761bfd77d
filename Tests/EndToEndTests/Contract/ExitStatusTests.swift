import Foundation
import TestSupport
import Testing
import Values

/// The exit statuses are a contract: 0 done, 1 could not, 2 found something, 3 not anchored, 64 usage.
@Suite struct ExitStatusTests {
  /// A command line, and the status it ends with on the demo's store.
  struct Line: Sendable, CustomTestStringConvertible {
    let words: [String]
    let status: Int32

    init(_ words: String..., ends status: Int32) {
      (self.words, self.status) = (words, status)
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  @Test(arguments: [
    Line("stats", ends: 0),
    Line("history", ends: 0),
    Line("history", "--status", "failed", ends: 0),
    Line("alerts", ends: 0),
    Line("show", "0", ends: 0),
    Line("trace", "65", "--down", ends: 0),
    Line("search", "eventType eq \"no.such.type\"", ends: 0),
    Line("flow", "list", ends: 0),
    Line("replay", "--all", ends: 0),
    Line("export", ends: 0),
    Line("--help", ends: 0),
    Line("replay", "--help", ends: 0),
    Line("show", "no-such-execution", ends: 1),
    Line("show", "100000", ends: 1),
    Line("run", "No such flow", "--answers", "typed", ends: 1),
    Line("run", "Report failed sign-ins", ends: 1),
    Line("run", "Warn one user", "--input", "{", "--answers", "typed", ends: 1),
    Line("replay", "no-such-execution", ends: 1),
    Line("diff", "Breached credential@1", "Breached credential@9", ends: 1),
    Line("search", "eventType zz 1", ends: 1),
    Line("alerts", "ack", "no-such-alert", ends: 1),
    Line("diff", "Breached credential@1", "Breached credential@2", ends: 2),
    Line("verify", ends: 3),
    Line("verify", "--deep", ends: 3),
    Line("no-such-command", ends: 64),
    Line("replay", ends: 64),
    Line("trace", ends: 64),
    Line("trace", "1", "--up", "--down", ends: 64),
    Line("search", "--limit", "many", ends: 64),
    Line("search", "--limit", "-1", ends: 64),
    Line("search", "--as-of", "100000", ends: 1),
    Line("ingest", ends: 64),
    Line("ingest", "--format", "no-such-format", "x.json", ends: 64),
    Line("stats", "--no-such-option", ends: 64),
  ])
  func `a command ends with its status`(_ line: Line) throws {
    let store = try ToldStore.appendable.get()
    let run = try ProgramRun(["--store", store.path] + line.words)
    #expect(run.status == line.status, "\(run)")
    if line.status == 1 || line.status == 64 {
      #expect(run.output.isEmpty, "a result was written though there is none")
      #expect(!run.messages.isEmpty)
    }
  }

  @Test(arguments: [">/dev/full", ">&-"], ["stats", "history", "export", "verify", "search"])
  func `a result that cannot be written is status 1, and nothing stored is touched`(
    _ redirection: String,
    _ command: String
  ) throws {
    let store = try ToldStore.appendable.get()
    let shell = ["/bin/sh", "-c", "exec \"$@\" \(redirection)", "sh"]
    let run = try ProgramRun(["--store", store.path, command], launcher: shell)
    #expect(run.status == 1, "\(run)")
    #expect(run.messages.contains("standard output cannot be written"), "\(run)")
    #expect(try store.run("verify").status == 3)
  }

  @Test func `a store that is not there is status 1 for every command that reads`() throws {
    try withTemporaryFolder { folder in
      for words in [
        ["stats"], ["history"], ["alerts"], ["show", "0"], ["trace", "0"], ["search"], ["export"],
        ["flow", "list"], ["replay", "--all"], ["verify"], ["rebuild"],
        ["diff", "a", "b"], ["run", "a", "--answers", "typed"],
      ] {
        let run = try ProgramRun(["--store", folder + "/none"] + words)
        #expect(run.status == 1, "\(run)")
        #expect(run.messages.contains("\(folder)/none holds no store"), "\(run)")
        #expect(!PackageFolder.exists(folder + "/none"), "\(words) made a store")
      }
    }
  }

  @Test(arguments: [[], ["--with", "Breached credential@1"]])
  func `a replay of nothing but skipped executions is status 1, with the reason`(
    _ options: [String]
  ) throws {
    let store = try ToldStore.observing.get()
    let observed = try store.must("history", "--mode", "observed", "--json").firstObject()
    let run = try store.run(["replay", observed.string("execution"), "--json"] + options)
    #expect(run.status == 1, "\(run)")
    #expect(try run.firstObject().string("reason").contains("observed only"))
    #expect(run.messages.contains("Nothing could be replayed: all were skipped."))
    let local = try store.must("history", "--mode", "local", "--json").firstObject()
    let ids = [observed, local].map { $0.string("execution") }
    #expect(try store.run(["replay"] + ids + options).status == 0)
    #expect(try store.run(["replay", "--since", "2100-01-01"] + options).status == 0)
  }

  @Test func `left out lines, failed runs and changed bytes are status 2`() throws {
    try withProgramStore { store in
      let broken = store.folder + "/broken.ndjson"
      try write("{\"uuid\":\"a\"}\n{\"uuid\":\n{\"uuid\":\"b\"}\n", to: broken)
      #expect(try store.run("ingest", broken).status == 2)
      try write("no export", to: store.folder + "/a.flopack")
      let add = try store.run(
        "flow",
        "add",
        store.folder + "/a.flopack",
        Fixtures.path("flows/google-form.flopack")
      )
      #expect(add.status == 2)
      #expect(add.output.contains("added  New starter from a Google form@1"))
      try store.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
      let delivery = store.folder + "/delivery.json"
      let lines = try Fixtures.bytes("events/breached-credential-deliveries.ndjson")
        .split(separator: 10)
      try write(String(decoding: lines[3], as: UTF8.self), to: delivery)
      let run = try store.run(
        "run",
        "Breached credential",
        "--input",
        delivery,
        "--answers",
        Fixtures.path("answers/demo.json")
      )
      #expect(run.status == 2, "\(run)")
      #expect(run.output.contains("No Slack user has this mail address."))
    }
  }

  @Test func `a store with other bytes is status 2, and the problem is named`() throws {
    try withTemporaryFolder { folder in
      let store = ProgramStore(path: folder + "/store", folder: folder)
      try store.must("ingest", Fixtures.path("events/system-log.ndjson"))
      let path = URL(fileURLWithPath: store.path + "/data.mdb")
      var data = try Data(contentsOf: path)
      // The event's type stands in the terms, compressed nowhere.
      let type = try #require(data.range(of: Data("user.session.start".utf8)))
      data[type.lowerBound] ^= 1
      try data.write(to: path)
      let run = try store.run("verify", "--deep", "--json")
      #expect(run.status == 2, "\(run)")
      let found = try #require(try run.objects().first)
      #expect(found["ok"] == false)
      #expect(!found.list("problems").isEmpty)
    }
  }
}
