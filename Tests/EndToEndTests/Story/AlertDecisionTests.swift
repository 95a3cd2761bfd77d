import TestSupport
import Testing
import Values

/// What people decide about alerts, and which are left.
@Suite struct AlertDecisionTests {
  @Test func `who decided, when and why stands below the alert and in its line of JSON`() throws {
    try withProgramStore { store in
      try store.must("ingest", Fixtures.path("events/breached-credential-deliveries.ndjson"))
      let alert = try store.must("alerts", "--json").firstObject().string("alert")
      try store.must("alerts", "ack", alert)
      let words = ["alerts", "resolve", alert, "--note", "changed by phone", "--actor", "ada"]
      try store.must(words)
      let text = try store.must("alerts").lines
      let place = try #require(text.firstIndex { $0.hasPrefix(alert) })
      #expect(text[place].contains("  resolved  "))
      #expect(text[place + 1].hasPrefix("  acknowledged 2"))
      #expect(text[place + 1].hasSuffix(" by tester@example.com"))
      #expect(text[place + 2].hasPrefix("  resolved 2"))
      #expect(text[place + 2].hasSuffix(" by ada: changed by phone"))
      let lines = try store.must("alerts", "--json").objects()
      let line = try #require(lines.first { $0.string("alert") == alert })
      let decisions = line.list("decisions").map { value in
        if case .object(let decision) = value { decision } else { Object() }
      }
      #expect(decisions.map { $0.string("decision") } == ["acknowledged", "resolved"])
      #expect(decisions.map { $0.string("note") } == ["", "changed by phone"])
      #expect(decisions.last?.string("actor") == "ada")
    }
  }

  @Test func `the unhandled ones are those that are open or seen`() throws {
    let store = try ToldStore.store.get()
    let all = try store.must("alerts", "--json").objects().filter { $0["alert"] != nil }
    let left = try store.must("alerts", "--unhandled", "--json").objects()
      .filter { $0["alert"] != nil }
    let expected = all.filter { ["open", "seen"].contains($0.string("status")) }
    #expect(left == expected && left.count == 2)
    #expect(try store.run("alerts", "--unhandled", "--status", "open").status == 64)
  }
}
