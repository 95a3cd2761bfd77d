internal import EventStore
internal import Foundation

/// The same work by the project and by two peers in Python, in turn.
///
/// Temporal's Replayer runs arbitrary code through Python; with its sandbox off is its best case.
/// DBOS keeps each step in an SQLite file.
struct PeersBenchmark {
  let settings: Settings
  let peers: String
  let workspace: Workspace

  func run(into table: inout ResultTable) throws {
    let cards = CallFlow.cards
    let (runs, count) = (settings.isQuick ? 200 : 1_000, settings.isQuick ? 50 : 200)
    let flow = try CallFlow("calls")
    try workspace.inFolder { folder in
      let store = folder + "/store"
      let log = try EventLog(at: store, options: BenchmarkWorld.options())
      try flow.register(in: log)
      _ = try flow.record(runs, in: log, threads: 32)
      let replays = try Replays(store, flow)
      let command = [settings.program, "--store", store, "replay", "--flow", "calls", "--json"]
      let timings = try Measure.inTurn(
        3,
        (runs * cards, { try ChildProcess.run(command).seconds }),
        (runs * cards, replays.fromStore),
        (runs * cards, replays.alone),
        (runs * cards, { try replay(runs, []) }),
        (runs * cards, { try replay(runs, ["sandbox"]) })
      )
      let temporal = "Temporal's Replayer"
      let works: [(String, Int, ResultTable.Goal)] = [
        ("replay, a process", 0, .atLeast(200)), ("replay, the store open", 1, .atLeast(200)),
        ("interpreter alone", 2, .atLeast(2_000)),
      ]
      for (work, place, goal) in works {
        let name = "\(work), \(runs) executions of \(cards) calls"
        table.add(name, timings[place], "calls", "\(temporal), sandbox off", timings[3], goal)
        table.add("the same", timings[place], "calls", "\(temporal), sandbox on", timings[4])
      }
    }
    let timings = try Measure.inTurn(
      3,
      (count * cards, { try RunBenchmark.recordAll(count, flow, threads: 1, workspace) }),
      (
        count * cards * 10,
        { try RunBenchmark.recordAll(count * 10, flow, threads: 32, workspace) }
      ),
      (count * cards, { try record(count) })
    )
    let dbos = "DBOS on SQLite, one thread"
    let work = "recorded executions of \(cards) calls"
    table.add("\(work), one thread", timings[0], "calls", dbos, timings[2])
    table.add("\(work), 32 threads", timings[1], "calls", dbos, timings[2], .atLeast(1_000))
  }

  private func replay(_ runs: Int, _ more: [String]) throws -> Double {
    let arguments = ["\(runs)", "\(CallFlow.cards)"] + more
    let file = peers + "/temporal_replay.py"
    let made = try ChildProcess.run([settings.python, file] + arguments, keepsOutput: true)
    return try Self.wall(made.output, of: "Temporal")
  }

  private func record(_ count: Int) throws -> Double {
    try workspace.inFolder { folder in
      let arguments = ["\(count)", "\(CallFlow.cards)", "sqlite:///\(folder)/dbos.sqlite"]
      let file = peers + "/dbos_bench.py"
      let made = try ChildProcess.run([settings.python, file] + arguments, keepsOutput: true)
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
