import Foundation
import TestSupport
import Testing
import Values

/// The program, killed while it works: what it told of is there, and nothing of it is there by half.
@Suite struct KilledProgramTests {
  /// What a process of a round does.
  private enum Work: CaseIterable {
    case ingestFirst, ingestSecond, run, rebuild
  }

  /// What processes told of before they were killed.
  private struct Told {
    var executions: Set<String> = []
    var killed = 0
  }

  private func arguments(_ work: Work, _ store: ProgramStore) -> [String] {
    let ingest = ["ingest", "--json", "--origin", "https://acme.example.com"]
    return switch work {
    case .ingestFirst: ingest + [store.folder + "/first.ndjson"]
    case .ingestSecond: ingest + [store.folder + "/second.ndjson"]
    case .run: ["run", "Announce an activated user", "--answers", "typed", "--json"]
    case .rebuild: ["rebuild"]
    }
  }

  private func round(
    _ store: ProgramStore,
    _ random: inout SplitMix64,
    _ told: inout Told
  ) throws {
    let works = (0..<2).map { _ in Work.allCases[random.below(Work.allCases.count)] }
    let moments = works.map { _ in Double(random.below(1500)) / 1000 }
    let jobs = zip(works, moments).map { (arguments($0, store), $1) }
    let path = store.path
    let runs = Concurrently.map(jobs.count) { index in
      try ProgramRun(
        ["--store", path] + jobs[index].0,
        launcher: ["/usr/bin/timeout", "-s", "KILL", "\(jobs[index].1)"]
      )
    }
    for (work, run) in zip(works, runs) {
      let run = try run.get()
      let gaveWay = run.status == 1 && run.messages.contains("another rebuild has begun")
      #expect([0, 2, 137].contains(run.status) || gaveWay, "\(run)")
      if run.status == 137 { told.killed += 1 }
      guard work == .run else { continue }
      for line in try run.objects() {
        if case .text(let id)? = line["execution"] { told.executions.insert(id.description) }
      }
    }
  }

  private func check(_ store: ProgramStore, _ told: Told) throws {
    let verified = try store.run("verify", "--deep", "--json")
    #expect(verified.status == 3, "\(verified)")
    let history = try store.must("history", "--json").objects()
    let known = history.compactMap { line -> String? in
      if case .text(let id)? = line["execution"] { id.description } else { nil }
    }
    #expect(told.executions.isSubset(of: known))
  }

  @Test func `what was told is kept whole, whoever writes beside and whenever one is killed`()
    throws
  {
    var random = SplitMix64(forTest: "killed programs")
    var told = Told()
    for _ in 0..<Torture.count(1, full: 25) {
      try withProgramStore { store in
        told.executions = []
        for (name, seed) in [("first", random.next()), ("second", random.next())] {
          var generator = EventGenerator(seed: seed)
          let lines = String(decoding: generator.lines(2500), as: UTF8.self)
          try write(lines, to: store.folder + "/\(name).ndjson")
        }
        try store.must("flow", "add", Fixtures.path("flows/user-activated.flopack"))
        for _ in 0..<8 {
          try round(store, &random, &told)
          try check(store, told)
        }
        try checkEnd(store, told)
      }
    }
    print("killed \(told.killed) processes; what each had told of was kept")
  }

  /// Ingested whole and then once more, the files double nothing, and what was told of replays.
  private func checkEnd(_ store: ProgramStore, _ told: Told) throws {
    for work in [Work.ingestFirst, .ingestSecond] { try store.run(arguments(work, store)) }
    let size = try store.must("stats", "--json").firstObject().count("events")
    for work in [Work.ingestFirst, .ingestSecond] {
      let again = try store.run(arguments(work, store))
      #expect(try again.firstObject().count("appended") == 0, "\(again)")
    }
    #expect(try store.must("stats", "--json").firstObject().count("events") == size)
    for execution in told.executions { #expect(try store.run("replay", execution).status == 0) }
    try check(store, told)
  }
}
