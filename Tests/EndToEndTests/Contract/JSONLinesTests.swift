import TestSupport
import Testing
import Values

/// `--json` everywhere: one object a line, and last the coverage.
@Suite struct JSONLinesTests {
  @Test(arguments: [
    ["stats"], ["history"], ["history", "--status", "failed"], ["alerts"], ["flow", "list"],
    ["flow", "show", "Warn one user"],
    ["trace", "65", "--down"], ["trace", "--actor", "mara.lindqvist@example.com"],
    ["replay", "--all"], ["diff", "Breached credential@1", "Breached credential@2"],
    ["search"], ["search", "eventType sw \"security.\"", "--explain"], ["show", "66"],
    ["export"], ["export", "severity eq \"WARN\""], ["verify"],
    ["flow", "diff", "Breached credential@1", "Breached credential@2"],
  ])
  func `every line parses and the last tells the coverage`(_ words: [String]) throws {
    let store = try ToldStore.store.get()
    for arguments in [words + ["--json"], ["--json"] + words] {
      let run = try ProgramRun(["--store", store.path] + arguments)
      let objects = try run.objects()
      #expect(run.messages.isEmpty, "\(run)")
      let coverage = try #require(objects.last).object("coverage")
      #expect(coverage.list("positions") == [0, 188], "\(words)")
      #expect(coverage["events"] == 189)
      #expect(coverage["gaps"] == [])
      #expect(objects.dropLast().allSatisfy { !$0.has("coverage") })
      #expect(objects.count > 1, "\(words) found nothing")
    }
  }

  @Test func `an execution's lines have the keys of the contract`() throws {
    let store = try ToldStore.store.get()
    let history = try store.history()
    let keys: [Text] = [
      "execution", "flow", "version", "mode", "status", "stoppedBy", "trigger", "started",
      "finished", "steps", "error", "parent", "root", "resolvedBy",
    ]
    for line in history { #expect(line.keys == keys) }
    let id = try #require(history.first).string("execution")
    let steps = try store.must("show", id, "--tree", "--json").objects().dropLast()
    let stepKeys: [Text] = [
      "execution", "step", "card", "address", "name", "status", "inputs", "outputs", "error",
      "effect", "remarks",
    ]
    #expect(steps.count > 6)
    for step in steps { #expect(step.keys == stepKeys) }
    let verify = try store.must("verify", "--json", endWith: 3).objects()
    #expect(try #require(verify.first).keys == ["ok", "events", "root", "anchored", "problems"])
  }

  @Test func `an event is printed byte for byte as it came`() throws {
    let store = try ToldStore.store.get()
    let found = try store.must("search", "--json", "eventType eq \"user.lifecycle.activate\"")
    let sent = String(decoding: try Fixtures.bytes("events/system-log.ndjson"), as: UTF8.self)
      .split(separator: "\n").filter { $0.contains("\"user.lifecycle.activate\"") }
    #expect(found.lines.dropLast() == sent.map(String.init)[...])
  }

  @Test func `an export is the log's events and nothing else`() throws {
    let store = try ToldStore.store.get()
    let run = try store.must("export", "--format", "jsonl")
    let positions = try run.objects().map { $0.count("position") }
    #expect(positions == Array(0..<189))
    #expect(run.messages.hasPrefix("Covers positions 0 to 188"))
  }

  @Test func `what is decided or switched is told as it then stands`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/google-form.flopack"))
      try store.must("ingest", Fixtures.path("events/breached-credential-deliveries.ndjson"))
      let flow = "New starter from a Google form"
      for (verb, isActive) in [("deactivate", false), ("activate", true)] as [(String, Value)] {
        let lines = try store.must("flow", verb, flow, "--json").objects()
        #expect(lines.map { $0["active"] } == [isActive, nil])
        #expect(try #require(lines.last).has("coverage"))
      }
      let alert = try store.must("alerts", "--json").firstObject()
      let decided = try store.must("alerts", "ack", alert.string("alert"), "--json").objects()
      try #require(decided.count == 2)
      #expect(decided[0].keys == alert.keys)
      #expect(decided[0]["status"] == "acknowledged")
      #expect(decided[1].has("coverage"))
    }
  }

  @Test func `results are on standard output and messages on standard error`() throws {
    let store = try ToldStore.store.get()
    let text = try store.must("history")
    #expect(text.lines.count == 7)
    #expect(text.messages == "Covers positions 0 to 188, no gaps; nothing anchored outside yet.\n")
    #expect(!text.output.contains("\u{1B}"), "no colours where no terminal is")
  }
}
