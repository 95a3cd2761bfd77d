internal import EventStore
internal import Foundation

/// Durable appends: one by one, a thousand at a time, and one by one from 32 threads.
struct AppendBenchmarks {
  let samples: Samples
  let sizes: Sizes

  func run(into table: inout ResultTable) throws {
    let row = Array(repeating: UInt8(7), count: try rowLength())
    let single = Array(samples.drafts.prefix(sizes.single))
    let singleRaw = Array(samples.events.prefix(sizes.single))

    let sqliteSingle = try rate(single.count) { folder in
      try SQLiteStore(folder).append(singleRaw, batch: 1)
    }
    let lmdbSingle = try rate(single.count) { folder in
      try LMDBStore(folder).append(row, count: single.count, batch: 1)
    }
    let ours = try rate(single.count, log: { try $0.append(all: single, batch: 1) })
    table.add("append, batch 1", ours, "SQLite FULL, batch 1", sqliteSingle)
    table.add("append, batch 1", ours, "LMDB, rows of the same length, batch 1", lmdbSingle)

    let concurrent = try rate(single.count * 4) { log in
      appendConcurrently(Array(samples.drafts.prefix(single.count * 4)), log)
    }
    table.add(
      "append, 32 threads with one event each",
      concurrent,
      "SQLite FULL, batch 1",
      sqliteSingle
    )

    let sqliteBulk = try rate(samples.events.count) { folder in
      try SQLiteStore(folder).append(samples.events, batch: 10_000)
    }
    let lmdbBulk = try rate(samples.events.count) { folder in
      try LMDBStore(folder).append(row, count: samples.events.count, batch: 1_000)
    }
    let bulk = try rate(
      samples.events.count,
      log: { try $0.append(all: samples.drafts, batch: 1_000) }
    )
    table.add("append, batch 1,000, one thread", bulk, "SQLite FULL, batch 10,000", sqliteBulk)
    table.add("append, batch 1,000, one thread", bulk, "LMDB, rows of the same length", lmdbBulk)
    let pipelined = try rate(
      samples.events.count,
      log: { try $0.appendPipelined(samples.drafts, batch: 1_000) }
    )
    table.add(
      "append, batch 1,000, two threads",
      pipelined,
      "SQLite FULL, batch 10,000",
      sqliteBulk
    )
  }

  /// The mean length of a row of `events`.
  private func rowLength() throws -> Int {
    try Measure.inFolder { folder in
      let log = try trained(folder)
      try log.append(all: Array(samples.drafts.prefix(2_000)), batch: 1_000)
      let events = try log.statistics().parts.first { $0.name == "events" }
      return min((events?.bytes ?? 0) / 2_000, 1_900)
    }
  }

  private func trained(_ folder: String) throws -> EventLog {
    let log = try EventLog(at: folder + "/store", options: Samples.options())
    try log.trainDictionary(.inbound, samples: Array(samples.drafts.suffix(1_000)))
    return log
  }

  private func rate(_ items: Int, log body: (EventLog) throws -> Void) throws -> Double {
    try Measure.best(of: sizes.rounds, items: items) {
      try Measure.inFolder { folder in
        let log = try trained(folder)
        let time = try Measure.time { try body(log) }
        let count = try log.size().count
        precondition(count == UInt64(items), "events are missing")
        return time
      }
    }
  }

  private func rate(_ items: Int, folder body: (String) throws -> Duration) throws -> Double {
    try Measure.best(of: sizes.rounds, items: items) { try Measure.inFolder(body) }
  }

  private func appendConcurrently(_ drafts: [EventDraft], _ log: EventLog) {
    let group = DispatchGroup()
    for worker in 0..<32 {
      group.enter()
      Thread {
        for index in stride(from: worker, to: drafts.count, by: 32) {
          _ = try? log.append(AppendBatch([drafts[index]]))
        }
        group.leave()
      }.start()
    }
    group.wait()
  }
}
