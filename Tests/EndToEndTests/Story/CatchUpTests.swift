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

  @Test func `whenever starting is killed, each event starts its flow once`() throws {
    var random = SplitMix64(forTest: "killed starts")
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/user-activated.flopack"))
      try store.must("flow", "activate", "Announce an activated user@1")
      let count = Torture.count(600, full: 20_000)
      let file = store.folder + "/activations.ndjson"
      try write((0..<count).map(Self.activation).joined(), to: file)
      let arguments = ["ingest", file, "--start", "--answers", "typed"]
      var killed = 0
      for _ in 0..<Torture.count(6, full: 40) {
        let moment = 0.02 + Double(random.below(400)) / 1000
        let run = try ProgramRun(
          ["--store", store.path] + arguments,
          launcher: ["/usr/bin/timeout", "-s", "KILL", "\(moment)"]
        )
        if run.status == 137 { killed += 1 }
      }
      try store.must(arguments)
      let roots = try store.history().filter { $0["parent"] == .null }
      let triggers = roots.map { $0.object("trigger").count("position") }
      #expect(triggers.count == count)
      #expect(Set(triggers).count == count)
      #expect(roots.allSatisfy { $0.string("status") == "succeeded" })
      #expect(try store.run("replay", "--all").status == 0)
      #expect(try store.run("verify", "--deep").status == 3)
      print("killed \(killed) processes that started flows")
    }
  }

  private static func activation(_ number: Int) -> String {
    let uuid = "00000000-0000-4000-8000-" + String(1_000_000_000_000 + number).dropFirst()
    return """
      {"uuid":"\(uuid)","published":"2026-05-01T10:00:00.000Z","version":"0","severity":"INFO",\
      "eventType":"user.lifecycle.activate","displayMessage":"Activate Okta user",\
      "actor":{"id":"00u1","type":"User","alternateId":"ada@example.com","displayName":"Ada"},\
      "outcome":{"result":"SUCCESS"},"target":[{"id":"00u\(number)","type":"User",\
      "alternateId":"user\(number)@example.com","displayName":"User \(number)"}]}

      """
  }
}
