import TestSupport
import Testing
import Values

/// Suites of public packs: saved, replayed, and compared with their own exports.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct PublicPackSuiteTests {
  /// Adds exports; returns those that brought flows which can run.
  private static func addingRunnable(
    _ exports: [String],
    to store: ProgramStore
  ) throws -> [String] {
    var count = 0
    return try exports.filter { export in
      try store.must("flow", "add", export)
      let before = count
      count = try store.flows().count(where: \.canRun)
      return count > before
    }
  }

  @Test func `executions of public flows are saved, and replay without their store`() throws {
    try withProgramStore { store in
      var exports: [String] = []
      for name in SharedData.names(in: "okta-templates").prefix(10) {
        exports.append(SharedData.path("okta-templates/\(name)/workflow.flopack"))
      }
      let withRuns = try Self.addingRunnable(exports, to: store)
      #expect(withRuns.count >= 6)
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
      let compared = try ProgramRun(
        ["replay", "--suite", suite] + withRuns.flatMap { ["--with", $0] }
      )
      #expect(compared.status == 0, "\(compared)")
      for export in exports where !withRuns.contains(export) {
        let elsewhere = try ProgramRun(["replay", "--suite", suite, "--with", export])
        #expect(elsewhere.status == 1)
        #expect(elsewhere.messages.contains("has no flow that a recording"), "\(elsewhere)")
      }
      print(
        "\(lines.count) recordings of \(withRuns.count) public packs are identical without their store"
      )
    }
  }
}
