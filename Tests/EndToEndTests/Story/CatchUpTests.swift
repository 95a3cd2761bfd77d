import TestSupport
import Testing
import Values

/// What `ingest --start` does with events that are in the log and have started nothing yet.
@Suite struct CatchUpTests {
  private static let deliveries = Fixtures.path("events/breached-credential-deliveries.ndjson")

  private static func start(_ store: ProgramStore, endWith status: Int32 = 0) throws -> ProgramRun {
    try store.must(
      "ingest",
      "--hook",
      Fixtures.path("hooks/breached-credentials.json"),
      "--start",
      "--answers",
      Fixtures.path("answers/demo.json"),
      deliveries,
      endWith: status
    )
  }

  @Test func `starts are made good by the same command, and made once`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
      // As an ingest leaves the log that is cut off before the first start.
      let hook = Fixtures.path("hooks/breached-credentials.json")
      try store.must("ingest", "--hook", hook, Self.deliveries)
      #expect(try store.history().isEmpty)
      let caughtUp = try Self.start(store)
      #expect(caughtUp.output.contains("0 appended"))
      #expect(caughtUp.messages.contains("had not started them"))
      let executions = try store.history().map { $0.string("execution") }
      #expect(!executions.isEmpty)
      let again = try Self.start(store)
      #expect(again.messages.contains("No new event starts an active flow"))
      #expect(try store.history().map { $0.string("execution") } == executions)
    }
  }
}
