import TestSupport
import Testing
import Values

/// `run --event`: a flow is run on an event that is in the log, as if the event had started it.
@Suite struct RunWithEventTests {
  private static let answers = Fixtures.path("answers/demo.json")

  /// A store with deliveries, a flow for them, and another for entries of the System Log.
  private func withDeliveries(_ body: (ProgramStore) throws -> Void) throws {
    try withProgramStore { store in
      let events = ["breached-credential-deliveries.ndjson", "system-log.ndjson"]
      try store.must(
        ["ingest", "--origin", "https://acme.example.com"]
          + events.map { Fixtures.path("events/\($0)") }
      )
      for pack in ["breached-password-v1", "user-activated"] {
        try store.must("flow", "add", Fixtures.path("flows/\(pack).flopack"))
      }
      try body(store)
    }
  }

  private func delivery(in store: ProgramStore) throws -> Object {
    let exported = try store.must("export").objects()
    return try #require(exported.first { $0.string("type") == "inbound.okta-event-hook" })
  }

  @Test func `the event's position and its id start the same, and trace leads back to it`() throws {
    try withDeliveries { store in
      let delivery = try delivery(in: store)
      let position = delivery.count("position")
      var runs: [Object] = []
      for name in ["\(position)", delivery.string("id")] {
        let words = ["run", "Breached credential", "--event", name, "--answers", Self.answers]
        runs.append(try store.must(words + ["--json"]).firstObject())
      }
      for run in runs {
        #expect(run["status"] == "succeeded")
        #expect(run.object("trigger").count("position") == position)
        #expect(run.object("trigger")["id"] == delivery["id"])
        let effects = try store.effects(of: run).map(\.method.description)
        #expect(effects == ["close", "readUser2", "sendDirectMessage2", "sendEmail2"])
      }
      let caused = try store.must("trace", "\(position)", "--down", "--json").objects()
      let reached = Set(caused.map { $0.string("to") })
      for run in runs {
        #expect(reached.contains { $0.contains(run.string("execution")) }, "\(reached)")
      }
      let history = try store.history()
      #expect(history.map { $0["execution"] } == runs.map { $0["execution"] })
      #expect(try store.must("replay", "--all").output.contains("2 identical, 0 diverged"))
    }
  }

  @Test func `the same run is what ingesting with --start records`() throws {
    try withDeliveries { store in
      let position = "\(try delivery(in: store).count("position"))"
      let words = ["run", "Breached credential", "--event", position, "--answers", Self.answers]
      let run = try store.must(words + ["--json"]).firstObject()
      try withProgramStore { other in
        try other.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
        let started = try other.start([
          "--hook", Fixtures.path("hooks/breached-credentials.json"), "--answers", Self.answers,
          Fixtures.path("events/breached-credential-deliveries.ndjson"),
        ])
        let first = try #require(started.first)
        for key in ["flow", "version", "mode", "status", "steps", "error"] as [Text] {
          #expect(run[key] == first[key])
        }
        for key in ["id", "type", "actor"] as [Text] {
          #expect(run.object("trigger")[key] == first.object("trigger")[key])
        }
        let made = [try store.effects(of: run), try other.effects(of: first)]
        #expect(made[0].map(\.inputs) == made[1].map(\.inputs))
      }
    }
  }

  @Test func `an event that does not start the flow is refused with why, and with what it starts`()
    throws
  {
    try withDeliveries { store in
      let words = ["search", "eventType eq \"user.lifecycle.activate\"", "--limit", "1", "--json"]
      let activation = try store.must(words).firstObject().string("uuid")
      let delivery = "\(try delivery(in: store).count("position"))"
      for (flow, event, says) in [
        ("Announce an activated user", delivery, "event cards begin with a System Log entry"),
        ("Warn one user", activation, "it begins with a call; give its arguments with --input"),
        ("Warn one user", activation, "It starts Announce an activated user@1."),
        ("Breached credential", "no-such-event", "no event has the id no-such-event"),
        ("Breached credential", "100000", "the log ends before position 100000"),
      ] {
        let run = try store.run("run", flow, "--event", event, "--answers", Self.answers)
        #expect(run.status == 1, "\(run)")
        #expect(run.messages.contains(says), "\(run)")
      }
      #expect(try store.history().isEmpty)
    }
  }

  @Test func `a flow starts with an event or an input, not with both`() throws {
    let run = try ProgramRun(["run", "x", "--event", "1", "--input", "{}"])
    #expect(run.status == 64)
    #expect(run.messages.contains("--event or with --input"))
  }
}
