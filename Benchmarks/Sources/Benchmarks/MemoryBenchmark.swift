internal import Foundation

/// The most memory that commands hold; measured while this process is still small.
struct MemoryBenchmark {
  let settings: Settings
  let events: EventFile
  let workspace: Workspace

  func run(into table: inout ResultTable) throws {
    try workspace.inFolder { folder in
      let store = folder + "/store"
      let ours = [settings.program, "--store", store]
      let scan = "client.geographicalContext.city eq \"Nowhere\""
      let raw = try Workspace.size(of: events.path)
      let empty = try ChildProcess.run([settings.emptyProgram]).peakBytes
      for (name, command) in [
        ("ingest", IngestBenchmark.command(settings, store, events.path)),
        ("search by reading every event", ours + ["search", scan, "--json"]),
        ("verify", ours + ["verify"]), ("rebuild", ours + ["rebuild"]),
        ("stats", ours + ["stats"]),
      ] {
        let peak = try ChildProcess.run(command, statuses: [0, 3]).peakBytes
        table.add(
          "most memory, \(name)",
          "\(ResultTable.number(Double(peak) / 1e6)) MB",
          "the raw file: \(ResultTable.number(Double(raw) / 1e6)) MB; "
            + "an empty program: \(ResultTable.number(Double(empty) / 1e6)) MB",
          Double(peak) / Double(raw)
        )
      }
    }
  }
}
