import TestSupport
import Testing
import Values

/// The demo, as a stranger runs it: a process, a fresh store, the story on standard output.
@Suite struct DemoTests {
  @Test func `the demo tells its story to the end`() throws {
    try withProgramStore { store in
      let demo = try store.run("demo", "--fixtures", Fixtures.path(""))
      #expect(demo.status == 0, "\(demo)")
      let story = [
        "added  Breached credential@1",
        "60 appended, 0 duplicates, 0 conflicting, 0 rejected",
        "13 appended, 2 duplicates, 0 conflicting, 0 rejected",
        "started Breached credential@1: succeeded",
        "started Breached credential@1: failed",
        "No Slack user has", "LATENCY", "handled", "seen", "event:65", "acted",
        "6 identical, 0 diverged, 0 skipped", "added  Breached credential@2",
        "2 fixed, 1 changed, 1 equivalent, 2 identical", "2 × fixed (new)  If Error",
        "1 × changed (arguments)  Advice",
        "intact: 189 events, root",
      ]
      var rest = demo.output[...]
      for line in story {
        let found = rest.firstRange(of: line)
        #expect(found != nil, "\(line) is missing, or told too early")
        if let found { rest = rest[found.upperBound...] }
      }
      #expect(!demo.output.contains("broken"))
    }
  }

  @Test func `the demo's store answers afterwards, and its counts are those told`() throws {
    try withProgramStore { store in
      try store.must("demo", "--fixtures", Fixtures.path(""))
      let diff = try store.must(
        "diff",
        "Breached credential@1",
        "Breached credential@2",
        "--json",
        endWith: 2
      )
      let summary = try #require(try diff.objects().first { $0.has("summary") })
        .object("summary")
      let counts = ["broken", "fixed", "changed", "equivalent", "identical", "total"] as [Text]
      #expect(counts.map(summary.count) == [0, 2, 1, 1, 2, 6])
      let listed = try store.must("alerts", "--json").objects()
      try #require(listed.count == 7)
      let alerts = listed.dropLast()
      #expect(
        alerts.map { $0.string("status") }.sorted() == [
          "handled", "handled", "handled", "handled", "seen", "seen",
        ]
      )
      for alert in alerts {
        let wasHandled = alert.string("status") == "handled"
        #expect(wasHandled == (alert.count("latency") > 0), "\(alert)")
        #expect(wasHandled == !alert.string("user").contains("ines"))
      }
    }
  }

  @Test func `the demo wants a fresh store, and says so`() throws {
    try withProgramStore { store in
      try store.must("ingest", Fixtures.path("events/slack-message.json"))
      let demo = try store.run("demo", "--fixtures", Fixtures.path(""))
      #expect(demo.status == 1)
      #expect(demo.messages.contains("\(store.path) holds a store already"))
    }
  }
}
