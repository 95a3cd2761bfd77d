import TestSupport
import Testing
import Values

/// What the program says of card types that it does not run.
@Suite struct UnsupportedCardTests {
  private func withFlow(_ body: (ProgramStore, ProgramRun) throws -> Void) throws {
    try withProgramStore { store in
      var flow = FlowBuilder("Replacing")
      flow.card("start", "control:callable")
      flow.card("replace", "string:titleCase", ["string": .constant("a")])
      let export = FlowBuilder.export([flow])
      try write(String(decoding: export, as: UTF8.self), to: store.folder + "/flow.flopack")
      try body(store, try store.must("flow", "add", store.folder + "/flow.flopack"))
    }
  }

  @Test func `adding a flow warns of the card types that are not supported`() throws {
    try withFlow { _, added in
      #expect(
        added.messages.contains(
          "Replacing@1: card types that are not supported: string:titleCase."
        )
      )
    }
  }

  @Test func `a run that comes to one is recorded, says so and ends with status 1`() throws {
    try withFlow { store, _ in
      let run = try store.must("run", "Replacing", "--answers", "typed", endWith: 1)
      #expect(run.messages.contains("The card type string:titleCase is not supported."))
      #expect(try store.must("replay", "--all").output.contains("1 identical"))
      let diff = try store.must("diff", "Replacing", "Replacing", "--json", endWith: 1)
      #expect(diff.output.contains("A card type that is not supported ended the run."))
    }
  }
}
