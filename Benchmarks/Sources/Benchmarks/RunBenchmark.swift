internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Runs that are recorded, and the same runs replayed and compared with an edited flow.
struct RunBenchmark {
  let settings: Settings
  let workspace: Workspace

  func run(into table: inout ResultTable, store: String) throws {
    try record(into: &table)
    try fill(store)
    try replay(store, into: &table)
    try diff(store, into: &table)
  }

  /// Recording, each step with an effect durable before the next.
  private func record(into table: inout ResultTable) throws {
    let calls = try CallFlow("calls")
    let (few, many) = (settings.executions / 10, settings.executions)
    let row = Array(repeating: UInt8(7), count: 300)
    let timings = try Measure.inTurn(
      settings.rounds,
      (few, { try Self.recordAll(few, calls, .threads(1), workspace) }),
      (many, { try Self.recordAll(many, calls, .threads(32), workspace) }),
      (many, { try Self.recordAll(many, calls, .groups(.outside), workspace) }),
      (
        few,
        {
          let rows = Array(repeating: row, count: few * CallFlow.cards)
          return try workspace.inFolder { try SQLiteStore($0).append(rows, batch: 1) }
        }
      )
    )
    let sqlite = "SQLite WAL FULL, \(CallFlow.cards) bare rows, each durable"
    let work = "recorded execution of \(CallFlow.cards) connector cards"
    let loads = [RecordedLoad.threads(1), .threads(32), .groups(.outside)]
    for (load, timing) in zip(loads, timings) {
      table.add("\(work), \(load.name)", timing, "executions", sqlite, timings[3])
    }
  }

  /// How long recording takes in a fresh store.
  static func recordAll(
    _ count: Int,
    _ calls: CallFlow,
    _ load: RecordedLoad,
    _ workspace: Workspace
  ) throws -> Double {
    try workspace.inFolder { folder in
      let log = try EventLog(at: folder + "/store", options: BenchmarkWorld.options())
      try calls.register(in: log)
      return try Measure.time {
        _ = try calls.record(count, in: log, load)
      }
    }
  }

  /// Records what is replayed and compared: runs of two flows, and a second version of one of them.
  private func fill(_ store: String) throws {
    let log = try EventLog(at: store, options: BenchmarkWorld.options())
    for flow in [try CallFlow("calls"), try CallFlow("branching", aside: "before")] {
      try flow.register(in: log)
      _ = try flow.record(settings.executions, in: log, .threads(32, .standIn))
    }
    try CallFlow("branching", aside: "after").register(in: log)
  }

  private func replay(_ store: String, into table: inout ResultTable) throws {
    let flow = try CallFlow("calls")
    let replays = try Replays(store, flow)
    let count = replays.executions.count
    let command = [settings.program, "--store", store, "replay", "--flow", "calls", "--json"]
    let timings = try Measure.inTurn(
      settings.rounds,
      (count, { try ChildProcess.run(command).seconds }),
      (count, { try replays.fromStore(threads: 1) }),
      (count, replays.inMemory),
      (count, replays.alone)
    )
    let alone = "the interpreter alone, same answers"
    let work = "replay of executions of \(CallFlow.cards) connector cards"
    table.add("\(work), a process", timings[0], "executions", alone, timings[3])
    table.add("the same with the store open", timings[1], "executions", alone, timings[3])
    table.add("the same from memory", timings[2], "executions", alone, timings[3])
  }

  private func diff(_ store: String, into table: inout ResultTable) throws {
    let command = [settings.program, "--store", store, "diff", "branching@1", "branching@2"]
    let count = settings.executions
    let timings = try Measure.inTurn(
      settings.rounds,
      (count, { try ChildProcess.run(command + ["--json"]).seconds }),
      (count, { try ChildProcess.run(command + ["--json", "--full"]).seconds })
    )
    table.add(
      "`diff` where the edited card never ran, a process",
      timings[0],
      "executions",
      "`diff --full`",
      timings[1]
    )
  }
}
