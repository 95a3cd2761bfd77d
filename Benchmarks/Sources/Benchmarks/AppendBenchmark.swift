internal import Audit
internal import EventStore
internal import Foundation

/// Events that come one at a time, each durable before the next or before its sender goes on.
struct AppendBenchmark {
  let settings: Settings
  let lines: [[UInt8]]
  let workspace: Workspace

  static let threads = 32

  func run(into table: inout ResultTable) throws {
    let single = Array(lines[1_000..<(1_000 + settings.single)])
    let many = Array(lines[1_000..<min(1_000 + settings.single * 8, lines.count)])
    let timings = try Measure.inTurn(
      settings.rounds,
      (single.count, { try ours(single, threads: 1) }),
      (many.count, { try ours(many, threads: Self.threads) }),
      (single.count, { try workspace.inFolder { try SQLiteStore($0).append(single, batch: 1) } }),
      (single.count, { try workspace.inFolder { try LMDBStore($0).append(single, batch: 1) } })
    )
    let sqlite = "SQLite WAL FULL, batch 1"
    table.add("append of one event, one thread", timings[0], "events", sqlite, timings[2])
    table.add("the same", timings[0], "events", "C LMDB, batch 1", timings[3])
    table.add(
      "append of one event, \(Self.threads) threads, commits shared",
      timings[1],
      "events",
      sqlite,
      timings[2],
      .atLeast(3)
    )
  }

  /// Parses, deduplicates, indexes, hashes, projects and appends each line on its own.
  private func ours(_ lines: [[UInt8]], threads: Int) throws -> Double {
    try workspace.inFolder { folder in
      let log = try EventLog(at: folder + "/store", options: BenchmarkWorld.options())
      let first = folder + "/first.ndjson"
      let training = Data(self.lines[..<1_000].joined(separator: [UInt8(ascii: "\n")]))
      try training.write(to: URL(fileURLWithPath: first))
      _ = try Ingest(into: log).run([first])
      let before = try log.size().count
      let seconds = try Measure.time {
        try Parallel.run(threads) { worker in
          let reader = InboundReader()
          let json = JSONReader()
          let intake = Intake(origin: Array("https://example.okta.com".utf8))
          for place in stride(from: worker, to: lines.count, by: threads) {
            try Self.append(lines[place], to: log, intake, reader, json)
          }
        }
      }
      guard try log.size().count == before + UInt64(lines.count) else {
        throw Failure("events are missing")
      }
      return seconds
    }
  }

  private static func append(
    _ line: [UInt8],
    to log: EventLog,
    _ intake: Intake,
    _ reader: InboundReader,
    _ json: JSONReader
  ) throws {
    var builder = try log.batchBuilder()
    try line.withUnsafeBytes { bytes in
      let events = try reader.read(bytes, as: .oktaSystemLog)
      _ = try intake.forEachDraft(of: events, in: bytes, json) { try builder.add($0) }
    }
    try log.append(builder.take())
  }
}
