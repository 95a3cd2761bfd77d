internal import EventStore
internal import Foundation
internal import Replay

/// The same work by the project and by two peers in Python, in turn.
///
/// Temporal's Replayer runs arbitrary code through Python; with its sandbox off is its best case.
/// DBOS keeps each step in an SQLite file.
struct PeersBenchmark {
  /// How often the interpreter does the work of a round, which takes it two thousandths of a second.
  private static let repetitions = 20

  let settings: Settings
  let peers: String
  let workspace: Workspace

  func run(into table: inout ResultTable) throws {
    let flow = try CallFlow("calls")
    try workspace.inFolder { try replay(flow, in: $0 + "/store", into: &table) }
    try record(flow, into: &table)
    try recordOnSlowDisk(into: &table)
  }

  /// Replays the same number of executions with as many calls each.
  private func replay(
    _ flow: CallFlow,
    in store: String,
    into table: inout ResultTable
  ) throws {
    let runs = settings.isQuick ? 200 : 1_000
    try flow.fill(store, runs)
    let (large, many) = (store + "-large", runs * 20)
    try flow.fill(large, many)
    let live = store + "-live"
    try flow.fill(live, runs, reach: .outside)
    let (replays, liveReplays) = (try Replays(store, flow), try Replays(live, flow))
    let cores = ProcessInfo.processInfo.activeProcessorCount
    func command(_ store: String) -> [String] {
      [settings.program, "--store", store, "replay", "--flow", flow.name, "--json"]
    }
    let calls = runs * CallFlow.cards
    let timings = try Measure.inTurn(
      settings.rounds,
      (calls, { try ChildProcess.run(command(store)).seconds }),
      (many * CallFlow.cards, { try ChildProcess.run(command(large)).seconds }),
      (calls, { try replays.fromStore(threads: cores) }),
      (calls, { try replays.fromStore(threads: 1) }),
      (calls, { try liveReplays.fromStore(threads: 1) }),
      (
        calls * Self.repetitions,
        { (0..<Self.repetitions).reduce(0) { sum, _ in sum + replays.alone() } }
      ),
      (calls, { try temporal(runs, []) }),
      (calls, { try temporal(runs, ["sandbox"]) })
    )
    let peer = "Temporal's Replayer, sandbox"
    let works: [(name: String, runs: Int, goal: ResultTable.Goal)] = [
      ("replay, a process", runs, .none), ("replay, a process", many, .atLeast(200)),
      ("replay, the store open, all cores", runs, .atLeast(200)),
      ("replay, the store open, one core", runs, .none), ("the same of live runs", runs, .none),
      ("interpreter alone, one core", runs, .atLeast(2_000)),
    ]
    for (work, timing) in zip(works, timings) {
      let name = "\(work.name), \(work.runs) executions of \(CallFlow.cards) calls"
      table.add(name, timing, "calls", "\(peer) off", timings[works.count], work.goal)
      table.add("the same", timing, "calls", "\(peer) on", timings[works.count + 1])
    }
  }

  /// Records executions, by the peer one after the other: each call durable before the next, as live
  /// runs are, and as runs whose answers are at hand.
  private func record(_ flow: CallFlow, into table: inout ResultTable) throws {
    let (few, many) = settings.isQuick ? (50, 500) : (200, 2_000)
    let reaches: [EffectReach] = [.outside, .standIn]
    let loads: [(count: Int, load: RecordedLoad)] = reaches.flatMap {
      [(few, .threads(1, $0)), (many, .threads(32, $0)), (many * 5, .groups($0))]
    }
    var works: [(items: Int, seconds: () throws -> Double)] = loads.map { count, load in
      (
        count * CallFlow.cards,
        { try RunBenchmark.recordAll(count, flow, load, self.workspace) }
      )
    }
    works.append((few * CallFlow.cards, { try dbos(few) }))
    let timings = try Measure.inTurn(settings.rounds, works)
    for ((_, load), timing) in zip(loads, timings) {
      let answers = load.reach == .outside ? "" : " answered at hand"
      let work = "recorded executions of \(CallFlow.cards) calls\(answers), \(load.name)"
      let isBest = load.reach == .outside && load.together > 1
      let goal = isBest ? ResultTable.Goal.atLeast(1_000) : .none
      table.add(work, timing, "calls", "DBOS on SQLite, one thread", timings[loads.count], goal)
    }
  }

  /// The same on a disk as slow as the one that the goal was set on, where DBOS took some fifty steps a
  /// second.
  private func recordOnSlowDisk(into table: inout ResultTable) throws {
    let disk = SlowDisk(milliseconds: 4)
    let few = 20
    func recorded(_ load: String) throws -> Double {
      let quick = settings.isQuick ? ["--quick"] : []
      let command = [CommandLine.arguments[0], "--record", load] + quick
      let made = try ChildProcess.run(disk.command(command), keepsOutput: true)
      return try Self.wall(made.output, of: "the recording")
    }
    let calls = settings.executions * 5 * CallFlow.cards
    let timings = try Measure.inTurn(
      settings.rounds,
      (calls, { try recorded("record-group") }),
      (calls, { try recorded("record-group-local") }),
      (few * CallFlow.cards, { try dbos(few, on: disk) })
    )
    for (name, timing) in zip(["", " answered at hand"], timings) {
      table.add(
        "the same\(name), each sync of the disk \(disk.milliseconds) ms longer",
        timing,
        "calls",
        "DBOS on SQLite, one thread, the same",
        timings[2],
        .atLeast(1_000)
      )
    }
  }

  private func temporal(_ runs: Int, _ more: [String]) throws -> Double {
    let arguments = ["\(runs)", "\(CallFlow.cards)"] + more
    let file = peers + "/temporal_replay.py"
    let made = try ChildProcess.run([settings.python, file] + arguments, keepsOutput: true)
    return try Self.wall(made.output, of: "Temporal")
  }

  private func dbos(_ count: Int, on disk: SlowDisk? = nil) throws -> Double {
    try workspace.inFolder { folder in
      let arguments = ["\(count)", "\(CallFlow.cards)", "sqlite:///\(folder)/dbos.sqlite"]
      let file = peers + "/dbos_bench.py"
      let command = [settings.python, file] + arguments
      let made = try ChildProcess.run(disk?.command(command) ?? command, keepsOutput: true)
      return try Self.wall(made.output, of: "DBOS")
    }
  }

  /// The first `wall=` of what a peer's program printed, in seconds.
  private static func wall(_ output: [UInt8], of peer: String) throws -> Double {
    let text = String(decoding: output, as: UTF8.self)
    for word in text.split(whereSeparator: \.isWhitespace) where word.hasPrefix("wall=") {
      let figure = word.dropFirst(5).prefix { $0.isNumber || $0 == "." }
      if let seconds = Double(figure), seconds > 0 { return seconds }
    }
    throw Failure("\(peer) printed no time: \(text.prefix(200))")
  }
}
