import TestSupport
import Testing
import Values

/// `ingest --explain`: why a new event does not start a flow.
@Suite struct IngestExplainTests {
  private static let deliveries = Fixtures.path("events/breached-credential-deliveries.ndjson")
  private static let hook = ["--hook", Fixtures.path("hooks/breached-credentials.json")]

  private func withFlows(_ body: (ProgramStore) throws -> Void) throws {
    try withProgramStore { store in
      for pack in ["breached-password-v1", "user-activated"] {
        try store.must("flow", "add", Fixtures.path("flows/\(pack).flopack"))
      }
      try body(store)
    }
  }

  @Test func `of each event and active flow it is told whether it starts, else why not`() throws {
    try withFlows { store in
      let run = try store.must(["ingest", "--explain", "--json"] + Self.hook + [Self.deliveries])
      let lines = try run.objects().filter { $0.has("position") }
      let report = try run.firstObject()
      let events = report.count("last") - report.count("first") + 1
      // Two active flows begin with an event or a request.
      #expect(lines.count == 2 * events)
      #expect(lines.filter { $0.has("wouldStart") }.count == 6)
      for line in lines where !line.has("wouldStart") {
        #expect(line.keys == ["position", "doesNotStart", "reason"])
      }
      let reasons = Set(lines.map { $0.string("reason") })
      for reason in [
        "the delivery that brought it starts it",
        "event cards begin with a System Log entry or a message",
        "okta:userActivated waits for user.lifecycle.activate, "
          + "this is security.breached_credential.detected",
      ] {
        #expect(reasons.contains(reason), "\(reasons)")
      }
    }
  }

  @Test func `without a hook it is told that one is missing`() throws {
    try withFlows { store in
      let run = try store.must("ingest", "--explain", Self.deliveries)
      #expect(
        run.messages.contains(
          "does not start Breached credential@1: nothing is addressed to it: name a hook with --hook"
        )
      )
    }
  }

  @Test func `with --start what starts is run and the rest explained`() throws {
    try withFlows { store in
      let answers = ["--answers", Fixtures.path("answers/demo.json")]
      let words = ["ingest", "--start", "--explain", "--json"] + Self.hook + answers
      let lines = try store.must(words + [Self.deliveries]).objects()
      #expect(lines.filter { $0.has("execution") }.count == 6)
      #expect(lines.filter { $0.has("doesNotStart") }.count > 6)
      #expect(lines.allSatisfy { !$0.has("wouldStart") })
    }
  }

  @Test func `without --explain only what would start is told`() throws {
    try withFlows { store in
      let run = try store.must(["ingest"] + Self.hook + [Self.deliveries])
      let told = run.messages.split(separator: "\n").filter { $0.hasPrefix("position") }
      #expect(told.count == 6)
      #expect(told.allSatisfy { $0.hasSuffix("would start Breached credential@1") })
    }
  }

  @Test func `where no flow begins with an event, that is the reason`() throws {
    try withProgramStore { store in
      let run = try store.must("ingest", "--explain", Self.deliveries)
      #expect(run.messages.contains("No active flow begins with an event or a request"))
    }
  }
}
