import Foundation
import TestSupport
import Testing
import Values

/// Replaying gives the same bytes in every process, time zone and language.
@Suite struct ReplayElsewhereTests {
  @Test func `every fixture flow replays to the same bytes in two time zones and languages`() throws
  {
    try withProgramStore { store in
      let packs = try FileManager.default.contentsOfDirectory(atPath: Fixtures.path("flows"))
        .filter { $0.hasSuffix(".flopack") }.sorted()
      #expect(packs.count == 8)
      try store.must(["flow", "add"] + packs.map { Fixtures.path("flows/\($0)") })
      let flows = try store.flows()
      for flow in flows {
        #expect(flow.canRun, "\(flow)")
        for seed in 0..<3 {
          let run = try store.run(
            "run",
            flow.hash,
            "--answers",
            "typed",
            "--seed",
            "\(seed)",
            environment: Elsewhere.places[seed % 2]
          )
          #expect(run.status == 0 || run.status == 2, "\(run)")
        }
      }
      // Those that events start, beside those run by hand.
      for (events, hook) in [
        ("breached-credential-deliveries.ndjson", "breached-credentials"),
        ("group-member-deliveries.ndjson", "no-code-builders"),
      ] {
        _ = try store.start([
          "--hook", Fixtures.path("hooks/\(hook).json"), "--answers",
          Fixtures.path("answers/demo.json"), Fixtures.path("events/\(events)"),
        ])
      }
      let replayed = try store.expectIdenticalReplayElsewhere()
      #expect(replayed == 3 * flows.count + 6 + 4)
    }
  }

  @Test func `what is shown, traced and found is the same bytes elsewhere too`() throws {
    let store = try ToldStore.store.get()
    let execution = try #require(try ToldStore.executions.get().first)
    for words in [
      ["history"], ["alerts"], ["show", execution, "--tree", "--json"], ["trace", "65", "--down"],
      ["search", "actor.displayName co \"I\""], ["export"], ["flow", "list"],
      ["diff", "Breached credential@1", "Breached credential@2"], ["verify", "--deep"],
    ] {
      let outputs = try Elsewhere.places.map { place in
        try store.run(words, environment: place).output
      }
      #expect(outputs[0] == outputs[1], "\(words)")
      #expect(!outputs[0].isEmpty)
    }
  }
}
