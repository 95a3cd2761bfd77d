import EventStore
import Foundation
import TestSupport
import Testing
import Values

/// A store is a folder: whoever opens it sees what was acknowledged to somebody else.
@Suite struct TwoProcessTests {
  @Test func `a store written by one process is read by another, and by the library`() throws {
    try withProgramStore { store in
      try store.must("ingest", Fixtures.path("events/system-log.ndjson"))
      #expect(try store.must("stats", "--json").firstObject().count("events") == 60)
      let log = try EventLog(at: store.path, .readOnly, options: deterministicOptions())
      #expect(try log.size().count == 60)
      let first = try #require(try log.event(at: Position(0)))
      let sent = try Fixtures.bytes("events/system-log.ndjson").split(separator: 10)[0]
      #expect(first.data == Array(sent))
      // Another process appends while the library holds the store open.
      try store.must("ingest", Fixtures.path("events/slack-message.json"))
      #expect(try log.size().count == 61)
    }
  }

  @Test func `the store is found by variable, by option, and in the folder one is in`() throws {
    try withTemporaryFolder { folder in
      let events = Fixtures.path("events/slack-message.json")
      let here = try ProgramRun(["ingest", events], in: folder)
      #expect(here.status == 0, "\(here)")
      #expect(PackageFolder.exists(folder + "/auditcli.store/data.mdb"))
      let named = ["AUDITCLI_STORE": folder + "/auditcli.store"]
      #expect(try ProgramRun(["stats"], environment: named).output.contains("1 events"))
      let other = try ProgramRun(["--store", folder + "/other", "stats"], environment: named)
      #expect(other.status == 1, "the option stands above the variable")
    }
  }

  @Test func `who asked and why are kept with what they changed`() throws {
    try withProgramStore { store in
      let pack = Fixtures.path("flows/google-form.flopack")
      try ProgramRun(
        ["--store", store.path, "--actor", "ada@example.com", "--why", "new form"]
          + ["flow", "add", pack]
      ).lines.forEach { #expect($0.hasPrefix("added")) }
      let exported = try store.must("export").output
      #expect(exported.contains("ada@example.com"))
      #expect(exported.contains("new form"))
      try store.must("flow", "deactivate", "New starter from a Google form")
      #expect(try store.must("export").output.contains("tester@example.com"))
    }
  }

  @Test func `two processes that ingest at once keep every event once`() throws {
    try withProgramStore { store in
      let file = store.folder + "/generated.ndjson"
      var generator = EventGenerator(seed: 11)
      try write(String(decoding: generator.lines(2000), as: UTF8.self), to: file)
      let path = store.path
      let runs = Concurrently.map(4) { _ in
        try ProgramRun([
          "--store", path, "ingest", "--json", "--origin", "https://a.example.com", file,
        ])
      }
      let reports = try runs.map { try $0.get().firstObject() }
      #expect(reports.reduce(0) { $0 + $1.count("rejected") } == 0)
      // One event more keeps the origin that was said first.
      let kept = reports.reduce(0) { $0 + $1.count("appended") + $1.count("conflicting") }
      #expect(try store.must("stats", "--json").firstObject().count("events") == kept + 1)
      let again = try store.run("ingest", "--json", "--origin", "https://a.example.com", file)
      #expect(try again.firstObject().count("appended") == 0)
    }
  }
}
