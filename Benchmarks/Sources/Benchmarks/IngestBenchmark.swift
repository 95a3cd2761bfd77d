internal import Foundation

/// Durable ingest of a file by the program, beside bare appends of the same bytes.
struct IngestBenchmark {
  let settings: Settings
  let events: EventFile
  let lines: [[UInt8]]
  let workspace: Workspace

  /// Measures, and leaves the last store in `store` and the reference's file in `database`.
  func run(into table: inout ResultTable, store: String, database: String) throws {
    let files = FileManager.default
    let raw = try Workspace.size(of: events.path)
    let timings = try Measure.inTurn(
      settings.rounds,
      (
        lines.count,
        {
          try? files.removeItem(atPath: store)
          return try ingest(into: store).seconds
        }
      ),
      (
        lines.count,
        {
          try? files.removeItem(atPath: database)
          try files.createDirectory(atPath: database, withIntermediateDirectories: true)
          return try SQLiteStore(database).append(lines, batch: 10_000)
        }
      ),
      (
        lines.count,
        { try workspace.inFolder { try LMDBStore($0).append(lines, batch: 10_000) } }
      )
    )
    let bytes = lines.reduce(0) { $0 + $1.count } / lines.count
    let work = "durable ingest of \(lines.count) events of \(bytes) bytes, everything included"
    table.add(
      work,
      timings[0],
      "events",
      "SQLite WAL FULL, bare append, batch 10,000",
      timings[1],
      .atLeast(1.5)
    )
    table.add("the same", timings[0], "events", "C LMDB, bare append", timings[2])
    let share = Double(try Workspace.bytesOnDisk(store)) / Double(raw)
    let other = Double(try Workspace.bytesOnDisk(database)) / Double(raw)
    table.add(
      "bytes on disk, everything included",
      String(format: "%.3f of the raw bytes", share),
      String(format: "SQLite: %.3f of the raw bytes", other),
      share / other
    )
    table.add("the same", String(format: "%.3f", share), "raw JSON Lines: 1", share, .atMost(0.35))
  }

  private func ingest(into store: String) throws -> ChildProcess {
    try ChildProcess.run(Self.command(settings, store, events.path))
  }

  /// The command that ingests a file.
  static func command(_ settings: Settings, _ store: String, _ file: String) -> [String] {
    [
      settings.program, "--store", store, "ingest", "--format", "okta-system-log", "--origin",
      "https://example.okta.com", file,
    ]
  }
}
