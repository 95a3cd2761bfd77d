import TestSupport
import Testing
import Values

/// `ingest --start` where nobody answers what a flow asks.
@Suite struct UnansweredStartTests {
  private static let deliveries = Fixtures.path("events/breached-credential-deliveries.ndjson")
  private static let hook = Fixtures.path("hooks/breached-credentials.json")

  private func withFlow(_ body: (ProgramStore) throws -> Void) throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
      try store.must("flow", "activate", "Breached credential")
      try body(store)
    }
  }

  @Test func `every start is tried, and what to do is told`() throws {
    try withFlow { store in
      let run = try store.run("ingest", "--start", "--hook", Self.hook, Self.deliveries)
      #expect(run.status == 2)
      #expect(run.messages.contains("Add an entry to the answers file"))
      #expect(run.messages.contains("5 executions ended for want of an answer."))
      #expect(
        try store.must("history", "--json").objects().filter { $0.has("execution") }.count == 6
      )
    }
  }

  @Test func `an execution that ended for want of an answer replays as it was`() throws {
    try withFlow { store in
      _ = try store.run("ingest", "--start", "--hook", Self.hook, Self.deliveries)
      let replay = try store.must("replay", "--all")
      #expect(replay.output.contains("6 identical, 0 diverged, 0 skipped"))
    }
  }

  @Test func `an execution that ended for want of an answer is not compared`() throws {
    try withFlow { store in
      _ = try store.run("ingest", "--start", "--hook", Self.hook, Self.deliveries)
      for flag in [[], ["--full"]] {
        let names = ["Breached credential@1", "Breached credential@1"]
        let diff = try store.must(["--json", "diff"] + names + flag)
        #expect(diff.output.contains("Nobody answered a request, which ended the run."))
        #expect(diff.output.contains(#""skipped":5"#))
        #expect(diff.output.contains(#""unanswered":5"#))
      }
      let replay = try store.must("replay", "--all", "--with", "Breached credential@1")
      #expect(replay.output.contains("5 skipped"))
    }
  }

  @Test func `a hook that names no flow is refused before anything is appended`() throws {
    try withFlow { store in
      let before = try store.must("stats", "--json").firstObject().count("events")
      try withTemporaryFolder { folder in
        try write(#"{"name":"a","flow":"No such flow"}"#, to: folder + "/hook.json")
        let run = try store.run(
          "ingest",
          "--start",
          "--hook",
          folder + "/hook.json",
          Self.deliveries
        )
        #expect(run.status == 1)
        #expect(run.messages.contains("No such flow"))
      }
      #expect(try store.must("stats", "--json").firstObject().count("events") == before)
    }
  }
}
