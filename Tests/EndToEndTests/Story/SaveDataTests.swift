import TestSupport
import Testing
import Values

/// Flows whose author switched the saving of their data off.
@Suite struct SaveDataTests {
  /// A store with a flow that calls one which does not save.
  private func withFlows(_ body: (ProgramStore) throws -> Void) throws {
    try withProgramStore { store in
      var main = FlowBuilder("Caller")
      main.card("start", "control:callable", outputs: ["ssn"])
      main.card("call", "control:spawn", ["flo:flo": .flow("Private"), "ssn": .wire("start.ssn")])
      var helper = FlowBuilder("Private")
      helper.overrides = ["log": false]
      helper.card("start", "control:callable", outputs: ["ssn"])
      helper.card(
        "lower",
        "string:toLowerCase",
        ["string": .wire("start.ssn")],
        outputs: ["output"]
      )
      let export = FlowBuilder.export([main, helper])
      try write(String(decoding: export, as: UTF8.self), to: store.folder + "/flow.flopack")
      try store.must("flow", "add", store.folder + "/flow.flopack")
      try body(store)
    }
  }

  private static let input = #"{"ssn":"SECRET-123"}"#

  @Test(arguments: ["Private", "Caller"])
  func `leave digests, and are skipped with the reason`(flow: String) throws {
    try withFlows { store in
      let run = try store.must("run", flow, "--input", Self.input)
      #expect(run.messages.contains("the flow Private does not save its data"))
      let log = try store.must("export").output
      #expect(!log.contains("SECRET-123") && !log.contains("secret-123"))
      #expect(log.contains(#""savesData":false"#))
      let replay = try store.must("replay", "--all", endWith: 1)
      #expect(replay.output.contains("Only digests were recorded"))
      try store.must("show", try store.history()[0].string("execution"))
    }
  }

  @Test(arguments: [
    ["--input", input, "--save-data", "always"], ["--answers", "typed"],
  ])
  func `keep values where somebody says so, or where all of them are made up`(
    _ words: [String]
  ) throws {
    try withFlows { store in
      try store.must(["run", "Caller"] + words)
      #expect(try store.must("replay", "--all").output.contains("1 identical"))
    }
  }
}
