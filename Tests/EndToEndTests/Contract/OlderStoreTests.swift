import Foundation
import TestSupport
import Testing

/// `fixtures/logs` holds the file of a store as the last program of each older format wrote it.
@Suite struct OlderStoreTests {
  private static let root = "d4ade68c1bc48d6befaabf03b3d8af0fac361f7f47e0bc9628a47af35eece447"
  private static let sources = ["slack-message.json", "group-member-deliveries.ndjson"]
    .map { Fixtures.path("events/" + $0) }

  private func withStoreOfFormat2(_ body: (ProgramStore) throws -> Void) throws {
    try withProgramStore { store in
      try FileManager.default.createDirectory(
        atPath: store.path,
        withIntermediateDirectories: true
      )
      let file = URL(fileURLWithPath: store.path + "/data.mdb")
      try Data(try Fixtures.bytes("logs/format-2.mdb")).write(to: file)
      try body(store)
    }
  }

  private func tables(_ store: ProgramStore) throws -> [String] {
    try store.must("stats").lines.compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test func `a store of format 2 is read, and stays what it is`() throws {
    try withStoreOfFormat2 { store in
      try store.must("verify", "--root", Self.root, "--size", "8")
      #expect(try store.must("export", "--json").lines.count >= 8)
      #expect(try tables(store).contains("ids"))
      #expect(try !tables(store).contains("recent"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: store.path + "/data.mdb")).count == 45_056)
      // Views may be others by now, and what was used is verified.
      try store.must("rebuild")
    }
  }

  @Test func `a store of format 2 goes on with the first command that writes`() throws {
    try withStoreOfFormat2 { store in
      // Views may be others by now.
      try store.must("rebuild")
      #expect(try tables(store).contains("recent"))
      let again = try store.must(["ingest"] + Self.sources)
      #expect(again.output.contains("0 appended, 8 duplicates"))
      try store.must("ingest", Fixtures.path("events/typeform-submission.json"))
      try store.must("verify", "--deep", "--root", Self.root, "--size", "8")
    }
  }
}
