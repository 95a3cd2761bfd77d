import TestSupport
import Testing
import Values

/// Suites of public packs: saved, replayed, and compared with their own export and an edited one.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct PublicPackSuiteTests {
  @Test func `executions of public flows are saved, and replay without their store`() throws {
    try withProgramStore { store in
      var exports: [String] = []
      for name in SharedData.names(in: "okta-templates").prefix(10) {
        exports.append(SharedData.path("okta-templates/\(name)/workflow.flopack"))
      }
      try store.must(["flow", "add"] + exports)
      let runnable = try store.flows().filter(\.canRun)
      _ = Concurrently.map(runnable.count) { place in
        try store.run(["run", runnable[place].hash, "--answers", "typed"])
      }
      let suite = store.folder + "/suite"
      let saved = try store.run("replay", "--all", "--save-suite", suite)
      #expect(saved.status == 0, "\(saved)")
      let replayed = try ProgramRun(["replay", "--suite", suite, "--json"])
      #expect(replayed.status == 0, "\(replayed)")
      let lines = try replayed.objects().filter { $0.has("verdict") }
      #expect(lines.count >= 20)
      var same = 0
      for export in exports {
        let compared = try ProgramRun(["replay", "--suite", suite, "--with", export])
        if compared.status == 0 { same += 1 }
        let isElsewhere = compared.messages.contains("has no flow that a recording")
        #expect(compared.status == (isElsewhere ? 1 : 0), "\(compared)")
      }
      #expect(same >= 6)
      print("\(lines.count) recordings of \(same) public packs are identical without their store")
    }
  }
}
