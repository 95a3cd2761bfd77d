internal import EventStore

/// Verifying and rebuilding the store of the ingest.
struct UpkeepBenchmark {
  let settings: Settings
  let lines: [[UInt8]]
  let store: String
  let database: String

  func run(into table: inout ResultTable) throws {
    let verify = [settings.program, "--store", store, "verify"]
    let sqlite = try SQLiteStore(existing: database)
    // Without a checkpoint elsewhere, an intact store ends with 3.
    let timings = try Measure.inTurn(
      settings.rounds,
      (lines.count, { try ChildProcess.run(verify, statuses: [3]).seconds }),
      (lines.count, { try ChildProcess.run(verify + ["--deep"], statuses: [3]).seconds }),
      (lines.count, tree),
      (
        lines.count,
        { try ChildProcess.run([settings.program, "--store", store, "rebuild"]).seconds }
      ),
      (lines.count, sqlite.project)
    )
    let tree = "SHA-256 tree over the raw events alone"
    table.add("`verify`", timings[0], "events", tree, timings[2], .atLeast(0.5))
    table.add("`verify --deep`", timings[1], "events", tree, timings[2])
    table.add(
      "`rebuild` of all views",
      timings[3],
      "events",
      "SQLite, one table by `json_extract`",
      timings[4]
    )
  }

  private func tree() -> Double {
    Measure.time {
      var range = CompactRange()
      for line in lines { range.append(entry: line) }
      precondition(range.root.count == 32)
    }
  }
}
