/// Starting the program, beside starting one that does nothing.
struct StartBenchmark {
  let settings: Settings
  /// A small store.
  let store: String

  func run(into table: inout ResultTable) throws {
    let timings = try Measure.inTurn(
      settings.rounds * 6,
      (1, { try ChildProcess.run([settings.program, "--store", store, "stats"]).seconds }),
      (1, { try ChildProcess.run([settings.emptyProgram]).seconds })
    )
    let ours = middle(timings[0].seconds) * 1e3
    let empty = middle(timings[1].seconds) * 1e3
    table.add(
      "`stats` of a small store, from start to end",
      "\(ResultTable.number(ours)) ms",
      "an empty Swift program with Foundation: \(ResultTable.number(empty)) ms",
      middle(zip(timings[0].seconds, timings[1].seconds).map { $0 / $1 }),
      .atMost(4)
    )
  }
}
