import Foundation
import TestSupport
import Testing
import Values

/// The report of failed sign-ins, for real: read from the log, made a table, exported and mailed.
@Suite(.waiting, .enabled(if: ClientProcess.isPresent, "needs `make clients`"))
struct LiveMailTests {
  @Test func `the report's mail arrives with the rows as its attachment`() throws {
    try withProgramStore { store in
      let mails = try store.file("mails.jsonl", "")
      let mailbox = try ClientProcess("mailbox.py", [mails])
      defer { mailbox.stop() }
      try store.must("flow", "add", Fixtures.path("flows/failed-logins-report.flopack"))
      let moment = Date().addingTimeInterval(-3600)
        .ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true))
      let lines = String(decoding: try Fixtures.bytes("events/system-log.ndjson"), as: UTF8.self)
        .split(separator: "\n").filter { $0.contains("\"FAILURE\"") }.prefix(3)
        .map { $0.replacing(#/"published":"[^"]*"/#, with: "\"published\":\"\(moment)\"") }
      let events = try store.file("failed.ndjson", lines.joined(separator: "\n"))
      try store.must("ingest", "--origin", "https://acme.example.com", events)
      let connections = try store.connections(
        """
          - connector: gmail
            networks: [127.0.0.1]
            smtp: {host: 127.0.0.1, port: \(mailbox.port), tls: none, from: reports@example.com}
        """
      )
      let run = try store.must(
        "--json",
        "run",
        "Report failed sign-ins",
        "--live",
        "--connections",
        connections
      ).firstObject()
      #expect(run.string("status") == "succeeded")
      let written = try String(contentsOfFile: mails, encoding: .utf8).split(separator: "\n")
      try #require(written.count == 1)
      guard case .object(let mail) = try JSON.parse(Text(String(written[0]))) else {
        Issue.record("not what was expected")
        return
      }
      #expect(mail.list("recipients") == ["security@example.com"])
      let parts = mail.list("parts")
      try #require(parts.count == 2)
      guard case .object(let file) = parts[1] else {
        Issue.record("not what was expected")
        return
      }
      #expect(file.string("name").hasPrefix("failed-sign-ins-"))
      #expect(file.string("type") == "text/csv")
      let rows = file.string("content").split(separator: "\n")
      #expect(rows.count == 4)
      #expect(try store.must("replay", run.string("execution")).output.contains("1 identical"))
    }
  }
}
