import TestSupport
import Testing
import Values

@Suite struct FlowHistoryTests {
  @Test func `who switched which version on and off, when and why, is told, the latest first`()
    throws
  {
    try withProgramStore { store in
      try store.must(
        ["--actor", "ada", "flow", "add", Fixtures.path("flows/breached-password-v1.flopack")]
      )
      try store.must(
        ["--actor", "ben", "--why", "too loud", "flow", "deactivate", "Breached credential"]
      )
      try store.must(
        ["--actor", "cy", "flow", "activate", "Breached credential@1"]
      )
      let lines = try store.must("--json", "flow", "history", "Breached credential").objects()
        .dropLast()
      #expect(
        lines.map { "\($0.string("change")) \($0.string("actor"))" } == [
          "activated cy", "deactivated ben", "activated ada", "registered ada",
        ]
      )
      #expect(lines[1].string("why") == "too loud")
      #expect(lines[3].string("source").hasSuffix("breached-password-v1.flopack"))
      #expect(lines.allSatisfy { $0["version"] == 1 })
      let unknown = try store.run(["flow", "history", "Nobody's flow"])
      #expect(unknown.status == 1)
    }
  }
}
