import Foundation
import TestSupport
import Testing
import Values

/// All public packs in one store: every flow that can run does, and every run replays identically.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct PublicPackReplayTests {
  @Test func `every runnable public flow runs, and replays to the same bytes elsewhere`() throws {
    try withProgramStore { try Self.runAndReplay(in: $0) }
  }

  private static func runAndReplay(in store: ProgramStore) throws {
    var packs: [String] = []
    for name in SharedData.names(in: "okta-templates") {
      packs.append(SharedData.path("okta-templates/\(name)/workflow.flopack"))
    }
    #expect(packs.count == 92)
    let added = try store.must(["flow", "add"] + packs)
    #expect(added.lines.count == 376)
    let flows = try store.flows()
    #expect(flows.count == 376)
    let runnable = flows.filter(\.canRun)
    try #require(runnable.count >= 247)
    let ended = try Self.run(runnable, in: store)
    let replayed = try store.expectIdenticalReplayElsewhere()
    #expect(replayed == runnable.count)
    let unsupported = Set(flows.flatMap(\.unsupported)).sorted()
    for address in unsupported { #expect(address.contains(":")) }
    print(
      """
      public packs: \(flows.count) flows, \(runnable.count) run as processes \
      (\(ended[0] ?? 0) ended well, \(ended[2] ?? 0) by an error of their own), \
      \(replayed) replayed twice; card types not supported: \(unsupported.joined(separator: ", "))
      """
    )
  }

  /// Runs flows with made-up answers, a process each and two at a time, and counts how they ended.
  private static func run(
    _ flows: [ListedFlow],
    in store: ProgramStore
  ) throws -> [Int32: Int] {
    let results = Concurrently.map(flows.count) { place in
      try store.run(["run", flows[place].hash, "--answers", "typed"])
    }
    var ended: [Int32: Int] = [:]
    for result in results {
      let run = try result.get()
      ended[run.status, default: 0] += 1
      // 2 is a flow's own error; anything else is the program's.
      #expect(run.status == 0 || run.status == 2, "\(run)")
    }
    return ended
  }
}
