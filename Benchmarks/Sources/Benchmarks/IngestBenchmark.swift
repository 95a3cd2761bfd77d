internal import EventStore
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
    var processor: [Double] = []
    let timings = try Measure.inTurn(
      settings.rounds,
      (
        lines.count,
        {
          try? files.removeItem(atPath: store)
          let process = try ChildProcess.run(Self.command(settings, store, events.path))
          processor.append(process.processorSeconds)
          return process.seconds
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
    let sqlite = "SQLite WAL FULL, bare append, batch 10,000"
    table.add(work, timings[0], "events", sqlite, timings[1], .atLeast(1.5))
    table.add("the same", timings[0], "events", "C LMDB, bare append, batch 10,000", timings[2])
    let each = middle(processor) / Double(lines.count) * 1e6
    table.add("processor time of it", "\(ResultTable.number(each)) µs an event")
    let again = try Measure.inTurn(
      settings.rounds,
      (
        lines.count,
        { try ChildProcess.run(Self.command(settings, store, events.path)).seconds }
      )
    )
    table.add("the same file again, nothing new", again[0], "events", "the first time", timings[0])
    try size(store, database, into: &table)
  }

  /// What the store takes on disk, and what of it takes most.
  private func size(_ store: String, _ database: String, into table: inout ResultTable) throws {
    let raw = Double(try Workspace.size(of: events.path))
    let ours = Double(try Workspace.bytesOnDisk(store)) / raw
    let sqlite = Double(try Workspace.bytesOnDisk(database)) / raw
    table.add(
      "bytes on disk, everything included",
      String(format: "%.3f of the raw bytes", ours),
      String(format: "SQLite: %.3f of the raw bytes", sqlite),
      ours / sqlite
    )
    table.add("the same", String(format: "%.3f", ours), "raw JSON Lines: 1", ours, .atMost(0.35))
    let log = try EventLog(at: store, .readOnly, options: BenchmarkWorld.options())
    let parts = try log.statistics().parts.sorted { $0.bytes > $1.bytes }.prefix(6)
    let shares = parts.map { "`\($0.name)` \(Int($0.bytes) / lines.count)" }
    table.add("of which bytes an event", shares.joined(separator: ", "))
  }

  /// The command that ingests a file.
  static func command(_ settings: Settings, _ store: String, _ file: String) -> [String] {
    [
      settings.program, "--store", store, "ingest", "--format", "okta-system-log", "--origin",
      "https://example.okta.com", file,
    ]
  }
}
