import TestSupport
import Testing
import Values

/// Events that are no System Log entries are found, shown and told of like those.
@Suite struct OtherFormatsTests {
  private func found(
    _ text: String,
    _ words: String...,
    check: (ProgramRun) throws -> Void
  ) throws {
    try withProgramStore { store in
      try withTemporaryFolder { folder in
        try write(text, to: folder + "/events")
        try store.must("ingest", folder + "/events")
      }
      try check(try store.must(["search"] + words))
    }
  }

  private static let slack = """
    {"type":"event_callback","event_id":"Ev1","team_id":"T1","event_time":1767323045,\
    "event":{"type":"message","user":"U21","channel":"C21","text":"hello"}}
    """
  private static let execution = """
    {"execution_id":"x1","event_type":"FLOW_START","flow_id":"f1","user_email":"ada@example.com",\
    "org_hostname":"acme.example.com","timestamp":"2026-01-02T03:04:05Z"}
    """
  private static let form = """
    {"formId":"form1","responseId":"r1","timestamp":"2026-01-02T03:04:05Z",\
    "respondentEmail":"ada@example.com"}
    """

  @Test(arguments: [
    (slack, "--actor", "U21"), (slack, "--target", "C21"),
    (execution, "--actor", "ada@example.com"), (execution, "--target", "f1"),
    (form, "--actor", "ada@example.com"), (form, "--target", "r1"),
  ])
  func `who did what is found in every format`(
    _ event: String,
    _ option: String,
    _ name: String
  ) throws {
    try found(event, option, name) { run in
      #expect(run.output.contains(name), "\(run)")
    }
  }

  @Test func `an event over many lines is printed on one`() throws {
    try found("{\n \"uuid\": \"u1\",\n \"eventType\": \"a.b\"\n}\n", "--json") { run in
      let keys = try run.objects().map { $0.keys }
      #expect(keys == [["uuid", "eventType"], ["coverage"]])
      #expect(run.output.contains(#"{  "uuid": "u1",  "eventType": "a.b" }"#))
    }
  }

  @Test func `what no search can find is told of when it is taken in`() throws {
    try withProgramStore { store in
      try withTemporaryFolder { folder in
        let lines = [
          #"{"uuid":"u1","eventType":"a","published":"2026-01-02T03:04:05Z","note":"\ud800"}"#,
          #"{"uuid":"u2","eventType":"a","published":"yesterday"}"#,
        ]
        try write(lines.joined(separator: "\n"), to: folder + "/events")
        let run = try store.must("ingest", "--origin", "acme.example.com", folder + "/events")
        #expect(run.messages.contains("1 events hold what cannot be read"), "\(run)")
        #expect(run.messages.contains("1 events do not say when they happened"), "\(run)")
        #expect(run.messages.contains("speak for https://acme.example.com in this store"))
        let again = try store.must("ingest", folder + "/events")
        #expect(again.messages.contains("2 events name no origin and are taken to speak for"))
        #expect(again.output.hasPrefix("0 appended, 2 duplicates"))
      }
    }
  }

  @Test(arguments: ["", "not a url"])
  func `what is no origin is refused`(_ origin: String) throws {
    try withProgramStore { store in
      let run = try store.run(
        "ingest",
        "--origin",
        origin,
        Fixtures.path("events/system-log.ndjson")
      )
      #expect(run.status == 64)
      #expect(run.messages.contains("is no origin. Give a URL or a host"))
    }
  }
}
