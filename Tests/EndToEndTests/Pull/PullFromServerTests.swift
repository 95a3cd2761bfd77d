import Foundation
import TestSupport
import Testing
import Values

/// One store pulls what another one serves.
@Suite(.waiting) struct PullFromServerTests {
  @Test func `a served log is pulled byte for byte, and a second pull appends nothing`() throws {
    try withProgramStore { source in
      let now = Int64(Date().timeIntervalSince1970 * 1000)
      var generator = EventGenerator(seed: 6, regularity: .irregular, start: now - 3_600_000)
      let file = source.folder + "/entries.ndjson"
      try Data(generator.lines(2300)).write(to: URL(fileURLWithPath: file))
      try source.must("ingest", "--origin", "https://acme.example.com", file)
      let token = try source.addToken("puller", "read")
      try withServedStore(source) { served in
        let connections = try source.connections(
          PulledOrg.connection("http://127.0.0.1:\(served.port)", token: token)
        )
        let copy = ProgramStore(path: source.folder + "/copy", folder: source.folder)
        let pull = ["pull", "okta", "--json", "--connections", connections]
        let first = try copy.must(pull).firstObject()
        let kept = try source.events("inbound.okta-system-log").map { $0["data"] }
        #expect(kept.count > 2000)
        #expect(first["appended"] == .number(Double(kept.count)))
        #expect(try copy.events("inbound.okta-system-log").map { $0["data"] } == kept)
        let contents = try PulledOrg.contents(copy)
        let second = try copy.must(pull).firstObject()
        #expect(second["appended"] == 0 && second["duplicates"] == 0 && second["pages"] == 1)
        #expect(try PulledOrg.contents(copy) == contents)
        // The server's own log has grown by records of what it showed alone.
        let shown = try source.events("log.read").map { $0.object("data")["entries"] }
        #expect(shown == [1000, 1000, .number(Double(kept.count - 2000))])
        try copy.must("verify", endWith: 3)
      }
    }
  }
}
