import Foundation
import TestSupport
import Testing
import Values

/// What is in the log already is not appended again, whoever appended it.
@Suite struct IngestAgainTests {
  private static let events = [
    "breached-credential-deliveries.ndjson", "breached-credential-twin.ndjson",
    "execution-log.ndjson", "google-form-submission.json", "group-member-deliveries.ndjson",
    "slack-message.json", "system-log.ndjson", "typeform-submission.json",
  ]

  private func ingest(_ store: ProgramStore, _ names: [String]) throws -> Object {
    let run = try ProgramRun(
      ["--store", store.path, "ingest", "--json", "--origin", "https://acme.example.com"]
        + names.map { Fixtures.path("events/\($0)") }
    )
    #expect(run.status == 0, "\(run)")
    return try #require(try run.objects().first)
  }

  @Test func `a second process that ingests the same files appends nothing`() throws {
    try withProgramStore { store in
      let first = try ingest(store, Self.events)
      #expect(first.count("appended") == 91)
      #expect(first.count("conflicting") == 1)
      #expect(first.count("rejected") == 0)
      let size = try store.must("stats", "--json").firstObject().count("events")
      // One more keeps the origin that was said first.
      #expect(size == 93)
      for names in [Self.events, Self.events.reversed()] {
        let again = try ingest(store, names)
        #expect(["appended", "conflicting", "rejected"].map(again.count) == [0, 0, 0])
      }
      #expect(try store.must("stats", "--json").firstObject().count("events") == size)
    }
  }

  @Test func `the same event from a hook and from the API is kept twice, as a conflict`() throws {
    try withProgramStore { store in
      _ = try ingest(store, ["breached-credential-deliveries.ndjson"])
      let twin = try ingest(store, ["breached-credential-twin.ndjson"])
      #expect(["appended", "conflicting", "duplicates"].map(twin.count) == [0, 1, 0])
      let again = try ingest(store, ["breached-credential-twin.ndjson"])
      #expect(["appended", "conflicting", "duplicates"].map(again.count) == [0, 0, 1])
      #expect(try store.must("alerts", "--json").objects().filter { $0.has("alert") }.count == 6)
    }
  }

  @Test func `a started delivery that comes again starts nothing`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
      let arguments = [
        "--hook", Fixtures.path("hooks/breached-credentials.json"),
        "--answers", Fixtures.path("answers/demo.json"),
        Fixtures.path("events/breached-credential-deliveries.ndjson"),
      ]
      let first = try store.start(arguments)
      let again = try store.start(arguments)
      #expect(first.count == 6)
      #expect(again.isEmpty)
      #expect(try store.history().count == 6)
    }
  }

  @Test func `standard input, a file and pieces of it are one and the same`() throws {
    let bytes = try Fixtures.bytes("events/system-log.ndjson")
    let lines = bytes.split(separator: 10)
    try withProgramStore { store in
      let head = Array(lines.prefix(20).joined(separator: [10]))
      let first = try store.run("ingest", "--json", "-", input: head)
      #expect(try first.firstObject().count("appended") == 20)
      let array = Array("[".utf8) + lines.suffix(50).joined(separator: [44]) + Array("]".utf8)
      let second = try store.run("ingest", "--json", "-", input: array)
      #expect(["appended", "duplicates"].map(try second.firstObject().count) == [40, 10])
      let third = try store.run("ingest", "--json", Fixtures.path("events/system-log.ndjson"))
      #expect(["appended", "duplicates"].map(try third.firstObject().count) == [0, 60])
    }
  }
}
