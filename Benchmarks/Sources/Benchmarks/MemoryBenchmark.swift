internal import Foundation

/// The most memory that commands hold, in a store that is filled anew.
struct MemoryBenchmark {
  let settings: Settings
  let events: EventFile
  let workspace: Workspace

  func run(into table: inout ResultTable) throws {
    try workspace.inFolder { folder in
      let store = folder + "/store"
      let ours = [settings.program, "--store", store]
      let scan = "client.geographicalContext.city eq \"Nowhere\""
      let raw = Double(try Workspace.size(of: events.path))
      for (name, command) in [
        ("`ingest`", IngestBenchmark.command(settings, store, events.path)),
        ("`search` by reading every event", ours + ["search", scan, "--json"]),
        // What `verify` starts to do the work.
        ("`verify`", ours + ["verify-worker"]), ("`rebuild`", ours + ["rebuild"]),
      ] {
        let peak = try ChildProcess.peakMemory(command)
        table.add(
          "most memory of its own, \(name)",
          "\(Self.megabytes(peak.own)), with mapped files \(Self.megabytes(peak.all))",
          "the raw file: \(Self.megabytes(Int(raw)))",
          Double(peak.own) / raw
        )
      }
    }
  }

  private static func megabytes(_ bytes: Int) -> String {
    "\(ResultTable.number(Double(bytes) / 1e6)) MB"
  }
}
