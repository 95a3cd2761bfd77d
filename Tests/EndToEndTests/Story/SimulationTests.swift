import TestSupport
import Testing
import Values

/// `replay --simulate`: what executions that Okta ran likely did.
@Suite struct SimulationTests {
  /// A store with a delivery to an API endpoint, and with the word of Okta's log that the endpoint's flow
  /// ran a second after and failed.
  private func withObserved(
    at time: String = "2026-09-15T06:13:02.000Z",
    flow name: String = "Breached credential",
    executions count: Int = 1,
    _ body: (ProgramStore) throws -> Void
  ) throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
      try store.must("ingest", Fixtures.path("events/breached-credential-deliveries.ndjson"))
      let log = store.folder + "/log.ndjson"
      let lines = (0..<count).flatMap { number in
        let id = "\(52_000_000 + number)-ecf7-4f5a-b658-e8cf4004e617"
        return ["FLOW_START", "FLOW_FAILED"].map { type in
          #"{"execution_id":"\#(id)","timestamp":"\#(time)","#
            + #""flow_id":"01SV9ZPSZ3YZK6ZVA500693HB6","flow_name":"\#(name)","#
            + #""org_id":"00o0hoQ2vx5gawR8E9TJ","root_execution_id":"\#(id)","#
            + #""event_type":"\#(type)"}"#
        }
      }
      try write(lines.joined(separator: "\n") + "\n", to: log)
      try store.must("ingest", log)
      try body(store)
    }
  }

  private static let answers = Fixtures.path("answers/demo.json")

  @Test func `what it likely asked for is told, and that it is assumed`() throws {
    try withObserved { store in
      let run = try store.run("replay", "--simulate", "--all", "--answers", Self.answers, "--json")
      let line = try run.firstObject()
      #expect(line.string("observed") == "failed", "\(run)")
      #expect(line.string("flow") == "Breached credential@1")
      #expect(["assumed", "partial"].contains(line.string("proof")))
      #expect("\(line)".contains(#""candidates":1"#), "\(line)")
      #expect("\(line)".contains("slack:"), "\(line)")
      let text = try store.run("replay", "--simulate", "--all", "--answers", Self.answers)
      #expect(text.output.contains("all of it is assumed"), "\(text)")
    }
  }

  @Test func `without answers nobody can say how it ends`() throws {
    try withObserved { store in
      let run = try store.run("replay", "--simulate", "--all", "--json")
      let line = try run.firstObject()
      #expect(run.status == 2)
      #expect(line.string("proof") == "partial", "\(line)")
      #expect(line["missing"] != .list([]), "\(line)")
    }
  }

  @Test func `the same simulation gives the same bytes in another process`() throws {
    try withObserved { store in
      let before = try store.must("stats", "--json").firstObject().count("events")
      let words = ["replay", "--simulate", "--all", "--answers", Self.answers, "--json"]
      #expect(try store.run(words).output == store.run(words).output)
      #expect(try store.must("stats", "--json").firstObject().count("events") == before)
    }
  }

  @Test func `many are simulated in the same order by any number of threads`() throws {
    try withObserved(executions: 40) { store in
      let words = ["replay", "--simulate", "--all", "--json"]
      let one = try store.run(words + ["--jobs", "1"])
      #expect(try one.objects().count { $0.string("observed") == "failed" } == 40, "\(one)")
      #expect(try store.run(words + ["--jobs", "7"]).output == one.output)
    }
  }

  @Test(arguments: [
    ("2026-09-14T08:14:02.000Z", "Breached credential", "could have started it"),
    ("2026-09-14T07:10:02.000Z", "Breached credential", "could have started it"),
    ("2026-09-15T06:13:02.000Z", "Another flow", "Another flow is not in the log"),
  ])
  func `what cannot be simulated is skipped with the reason`(
    _ time: String,
    _ flow: String,
    _ reason: String
  ) throws {
    try withObserved(at: time, flow: flow) { store in
      let run = try store.run("replay", "--simulate", "--all", "--json")
      #expect(run.status == 1)
      #expect(try run.firstObject().string("reason").contains(reason), "\(run)")
    }
  }

  @Test func `a recorded execution is replayed, and not simulated`() throws {
    let store = try ToldStore.store.get()
    let id = try ToldStore.executions.get()[0]
    let run = try store.run("replay", id, "--simulate", "--json")
    #expect(run.status == 1)
    #expect(try run.firstObject().string("reason").contains("replay it without --simulate"))
  }
}
