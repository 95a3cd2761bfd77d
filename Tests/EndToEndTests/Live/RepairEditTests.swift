import TestSupport
import Testing
import Values

/// Repairs of executions that were started with something wrong.
@Suite(.waiting) struct RepairEditTests {
  /// A store with a flow that opens a ticket and then posts to the room that it was started with, run once with a
  /// room that does not exist.
  private func withFailed(_ body: (RepairedStore, String) throws -> Void) throws {
    try RepairedStore.with { repaired in
      try repaired.add(room: "room")
      repaired.service.refuse("POST /lobyb")
      let input = repaired.store.folder + "/input.json"
      try write(#"{"room":"lobyb"}"#, to: input)
      let run = try repaired.store.run(
        ["run", "notify", "--live", "--json", "--input", input] + repaired.connections
      )
      try body(repaired, try run.firstObject().string("execution"))
    }
  }

  @Test func `an execution is repaired from where it failed with what should have started it`()
    throws
  {
    try withFailed { repaired, failed in
      let plan = try repaired.plan(options: ["--edit", "trigger.room=lobby", "--why", "A typo."])
      #expect(plan[0]["edits"] == ["trigger.room=lobby"])
      #expect(plan.actions == ["reuse", "send"])
      let outcome = try repaired.apply()
      #expect(outcome.map { $0.string("outcome") } == ["repaired"])
      let service = repaired.service
      #expect(["ticket", "lobyb", "lobby"].map { service.count("POST /\($0)") } == [1, 0, 1])
      let repair = outcome[0].string("by")
      #expect(try repaired.execution(failed).string("resolvedBy") == repair)
      // What it ran on is recorded, so that it replays by itself.
      let replay = try repaired.store.must("replay", repair, "--json")
      #expect(try replay.firstObject().string("verdict") == "identical")
      let told = try repaired.store.must("export", "--json").output
      #expect(told.contains("trigger.room=lobby"))
      #expect(try repaired.apply().map { $0.string("outcome") } == ["already repaired"])
    }
  }

  @Test func `what was done with what was wrong waits for a decision`() throws {
    try RepairedStore.with { repaired in
      try repaired.add(room: "room", andThen: "later")
      repaired.service.refuse("POST /later")
      let input = repaired.store.folder + "/input.json"
      try write(#"{"room":"lobyb"}"#, to: input)
      _ = try repaired.store.run(
        ["run", "notify", "--live", "--json", "--input", input] + repaired.connections
      )
      repaired.service.refuse()
      let plan = try repaired.plan(endWith: 2, options: ["--edit", "trigger.room=lobby"])
      #expect(plan.actions == ["reuse", "changed", "send"])
    }
  }

  @Test func `an execution that takes no such thing cannot be repaired so`() throws {
    try withFailed { repaired, _ in
      let plan = try repaired.plan(endWith: 1, options: ["--edit", "trigger.rom=lobby"])
      let obstacle = plan.first { $0.has("obstacle") }?.string("obstacle")
      #expect(obstacle == "there is no trigger.rom. There is: room.")
    }
  }

  @Test func `a plan whose corrections were changed is refused`() throws {
    try withFailed { repaired, _ in
      try repaired.plan(options: ["--edit", "trigger.room=lobby"])
      try repaired.change("trigger.room=lobby", to: "trigger.room=other")
      let applied = try repaired.store.run(
        ["repair", "apply", repaired.planFile] + repaired.connections
      )
      #expect(applied.status == 1)
      #expect(applied.messages.contains("is not as it was made"), "\(applied)")
      #expect(repaired.service.count("POST /other") == 0)
    }
  }
}
