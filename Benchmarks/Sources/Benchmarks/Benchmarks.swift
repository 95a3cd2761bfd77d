internal import Foundation

/// Measures the project beside references, in turn, in one run on one machine.
///
/// Prints a Markdown table: each figure is the middle one of several rounds, each ratio the middle
/// one of the rounds' ratios. `make bench` calls it, `make bench-peers` with `--python`, and
/// `make bench-serve` with `--serve`.
@main
struct Benchmarks {
  static func main() {
    do {
      let settings = try Settings(Array(CommandLine.arguments.dropFirst()))
      var table = ResultTable()
      let machine = Machine.line
      try Workspace.with { workspace in
        if let profiled = settings.profiled {
          try ProfiledWork(settings: settings, workspace: workspace).run(profiled)
        } else if let recorded = settings.recorded {
          let load = try RecordedLoad.named(recorded)
          let count = settings.executions * 5
          let seconds = try RunBenchmark.recordAll(count, CallFlow("calls"), load, workspace)
          print("executions=\(count) wall=\(seconds)")
        } else if settings.isOfPeers {
          try measurePeers(settings, workspace, into: &table)
        } else if settings.isOfServer {
          try ServeBenchmark(settings: settings, workspace: workspace).run(into: &table)
        } else if settings.isOfHistory {
          try HistoryBenchmark(settings: settings, workspace: workspace).run(into: &table)
        } else if settings.isOfFlows {
          try measureFlows(settings, workspace, into: &table)
        } else {
          try measure(settings, workspace, into: &table)
        }
      }
      guard settings.profiled == nil, settings.recorded == nil else { return }
      let rounds = settings.isOfHistory ? HistoryBenchmark.rounds : settings.rounds
      print("\(machine)\n\nThe middle of \(rounds) rounds, all kinds of work in turn.\n")
      print(table.markdown)
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private static func measurePeers(
    _ settings: Settings,
    _ workspace: Workspace,
    into table: inout ResultTable
  ) throws {
    print(try VerdictBenchmark(settings: settings, workspace: workspace).run() + "\n")
    guard let peers = settings.peers else { return }
    try PeersBenchmark(settings: settings, peers: peers, workspace: workspace).run(into: &table)
  }

  private static func measure(
    _ settings: Settings,
    _ workspace: Workspace,
    into table: inout ResultTable
  ) throws {
    let events = try EventFile(settings)
    let lines = try events.lines()
    let store = workspace.path + "/store"
    let database = workspace.path + "/sqlite"
    try IngestBenchmark(settings: settings, events: events, lines: lines, workspace: workspace)
      .run(into: &table, store: store, database: database)
    try AppendBenchmark(settings: settings, lines: lines, workspace: workspace).run(into: &table)
    try SearchBenchmark(settings: settings, events: events, lines: lines, store: store)
      .run(into: &table)
    try TouchedRowsBenchmark(settings: settings, workspace: workspace).run(into: &table)
    try UpkeepBenchmark(settings: settings, lines: lines, store: store, database: database)
      .run(into: &table)
    let runs = try measureFlows(settings, workspace, into: &table)
    try HistoryBenchmark(settings: settings, workspace: workspace).run(into: &table)
    try StartBenchmark(settings: settings, store: runs).run(into: &table)
    try MemoryBenchmark(settings: settings, events: events, workspace: workspace).run(into: &table)
  }

  /// Measures what runs flows; returns a store with executions.
  @discardableResult
  private static func measureFlows(
    _ settings: Settings,
    _ workspace: Workspace,
    into table: inout ResultTable
  ) throws -> String {
    let runs = workspace.path + "/runs"
    try PackBenchmark(settings: settings, workspace: workspace).run(into: &table)
    try RunBenchmark(settings: settings, workspace: workspace).run(into: &table, store: runs)
    return runs
  }
}
