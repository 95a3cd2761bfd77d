import Foundation
import TestSupport
import Testing
import Values

/// No secret of a flow comes into a suite.
@Suite struct SuiteSecretTests {
  private static let key = "canary-suite-8e2B"

  private static func export(_ key: String = key) -> String {
    var flow = FlowBuilder("sign")
    flow.card("start", "control:callable", outputs: ["text"])
    flow.card(
      "hmac",
      "crypto:hmac",
      [
        "algorithm": .constant("sha256"), "key": .constant(.text(Text(key))),
        "data": .wire("start.text"), "digest": .constant("hex"),
      ],
      outputs: ["output"]
    )
    flow.card("post", "slack:send", ["Message/Text": .wire("hmac.output")])
    return String(decoding: FlowBuilder.export([flow]), as: UTF8.self)
  }

  /// A store in which the flow was added so and ran once.
  private func withRun(
    _ words: String...,
    then body: (_ store: ProgramStore, _ export: String) throws -> Void
  ) throws {
    try withProgramStore { store in
      let export = try store.file("sign.flopack", Self.export())
      try store.must(["flow", "add", export] + words)
      let run = try store.run(["run", "sign", "--input", #"{"text":"a"}"#, "--answers", "typed"])
      try #require(run.status != 1, "\(run)")
      try body(store, export)
    }
  }

  @Test func `a flow whose secrets were moved is saved without them, and replays`() throws {
    try withRun { store, _ in
      let suite = store.folder + "/suite"
      try store.must("replay", "--all", "--save-suite", suite)
      for name in try SavedSuite.names(in: suite) {
        let text = try String(contentsOfFile: "\(suite)/\(name)", encoding: .utf8)
        #expect(!text.contains(Self.key), "\(name)")
      }
      try withTemporaryFolder { elsewhere in
        let words = ["replay", "--suite", suite]
        let own = try ProgramRun(words, in: elsewhere)
        #expect(own.status == 0, "\(own)")
        let same = try ProgramRun(
          words + ["--with", try store.file("other.flopack", Self.export("another-key-1"))],
          in: elsewhere
        )
        #expect(same.messages.contains("is taken for the one that was recorded"), "\(same)")
        #expect(same.status == 0, "\(same)")
      }
    }
  }

  @Test func `a flow that holds a secret is not saved`() throws {
    try withRun("--keep-constants") { store, _ in
      let suite = store.folder + "/suite"
      let saved = try store.run("replay", "--all", "--save-suite", suite)
      #expect(saved.status == 1, "\(saved)")
      #expect(saved.messages.contains("looks like a secret"), "\(saved)")
      #expect(!saved.messages.contains(Self.key))
      #expect(!PackageFolder.exists(suite))
    }
  }
}
