import Foundation
import TestSupport
import Testing
import Values

/// Tokens and passwords that come in: in files that are ingested, and in what a run starts with.
@Suite struct InboundSecretTests {
  private static let canary = "canary-4f8Zq1Lw9Xn2Rt7Vb3Ks"

  private static func slack(_ id: Int) -> String {
    """
    {"token":"\(canary)","team_id":"T1","api_app_id":"A1","type":"event_callback",\
    "event_id":"Ev\(id)","event_time":1780000000,"event":{"type":"message","user":"U1",\
    "text":"see Bearer \(canary)","ts":"1780000000.000100","channel":"C1"}}

    """
  }

  /// Whether the canary stands in any file of the store, or in what a command writes.
  private static func isFound(in store: ProgramStore) throws -> Bool {
    let needle = Data(canary.utf8)
    let folder = URL(fileURLWithPath: store.path)
    let files = try FileManager.default.contentsOfDirectory(
      at: folder,
      includingPropertiesForKeys: nil
    )
    for file in files {
      if try Data(contentsOf: file).range(of: needle) != nil { return true }
    }
    for command in [["export"], ["search"], ["history"], ["show", "0"]] {
      let run = try store.run(command)
      if run.output.contains(canary) || run.messages.contains(canary) { return true }
    }
    return false
  }

  @Test func `a token of a delivery is nowhere, and deliveries are still told apart`() throws {
    try withProgramStore { store in
      let file = store.folder + "/slack.ndjson"
      try write((1...3).map(Self.slack).joined(), to: file)
      let first = try store.must("ingest", file)
      #expect(first.output.contains("3 appended"))
      #expect(first.messages.contains("3 events held secrets (text, token)"))
      let again = try store.must("ingest", file)
      #expect(again.output.contains("3 duplicates"))
      #expect(try !Self.isFound(in: store))
      let shown = try store.must("export").output
      #expect(shown.contains(#""token":"[secret t"#))
      #expect(shown.contains("see Bearer [secret t"))
    }
  }

  @Test func `a token that all deliveries share is not in what they are compressed with`() throws {
    try withProgramStore { store in
      let file = store.folder + "/slack.ndjson"
      try write((1...600).map(Self.slack).joined(), to: file)
      try store.must("ingest", file)
      #expect(try !Self.isFound(in: store))
    }
  }

  @Test func `deliveries without an id that differ in a password are two events`() throws {
    try withProgramStore { store in
      let file = store.folder + "/logins.ndjson"
      let lines = ["guess-1", "guess-2", "guess-1"].map {
        #"{"event":"login_failed","user":"a","password":"\#($0)"}"# + "\n"
      }
      try write(lines.joined(), to: file)
      #expect(try store.must("ingest", file).output.contains("2 appended, 1 duplicates"))
      #expect(try store.must("ingest", file).output.contains("3 duplicates"))
    }
  }

  @Test func `--keep-secrets keeps every byte`() throws {
    try withProgramStore { store in
      let file = store.folder + "/slack.ndjson"
      try write(Self.slack(1), to: file)
      let kept = try store.must("ingest", "--keep-secrets", file)
      #expect(!kept.messages.contains("secrets"))
      #expect(try store.must("export").output.contains(#""token":"\#(Self.canary)""#))
    }
  }

  @Test func `a run by hand begins without the secrets of its input`() throws {
    try withProgramStore { store in
      try Self.addEndpoint(to: store)
      let run = try store.must(
        "run",
        "endpoint",
        "--input",
        #"{"a":1}"#,
        "--header",
        "Authorization: Bearer \(Self.canary)",
        "--query",
        "token=\(Self.canary)"
      )
      #expect(run.messages.contains("The input held secrets (authorization, query)"))
      #expect(try !Self.isFound(in: store))
      #expect(try store.run("replay", "--all").status == 0)
    }
  }

  @Test func `a live run does not begin where services would be sent a cover`() throws {
    try withProgramStore { store in
      try Self.addEndpoint(to: store)
      let connections = store.folder + "/connections.yaml"
      try write("connections: []\n", to: connections)
      let live = [
        "run", "endpoint", "--live", "--connections", connections, "--header",
        "Authorization: Bearer \(Self.canary)",
      ]
      let refused = try store.must(live, endWith: 1)
      #expect(refused.messages.contains("--keep-secrets"))
      #expect(try store.history().isEmpty)
      try store.must(live + ["--keep-secrets"])
      #expect(try store.history().count == 1)
    }
  }

  private static func addEndpoint(to store: ProgramStore) throws {
    var flow = FlowBuilder("endpoint")
    flow.card("start", "http:accept", outputs: ["raw/headers:object", "raw/body", "raw/query"])
    let file = store.folder + "/endpoint.flopack"
    try write(String(decoding: FlowBuilder.export([flow]), as: UTF8.self), to: file)
    try store.must("flow", "add", file)
  }
}
