internal import EventStore
internal import Foundation

/// Bytes on disk, everything included, beside the events as lines of JSON.
struct DiskBenchmark {
  let samples: Samples

  func run(into table: inout ResultTable) throws {
    try Measure.inFolder { folder in
      let log = try EventLog(at: folder + "/store", options: Samples.options())
      try log.trainDictionary(.inbound, samples: Array(samples.drafts.suffix(1_000)))
      try log.append(all: samples.drafts, batch: 1_000)
      _ = try SQLiteStore(folder).append(samples.events, batch: 10_000)
      let raw = Double(samples.size + samples.events.count)
      let statistics = try log.statistics()
      let ours = Double(statistics.fileBytes)
      let sqlite = Double(try size(folder + "/events.sqlite"))
      table.add(
        "bytes on disk, raw lines = 1",
        String(format: "%.3f", ours / raw),
        String(format: "SQLite: %.3f", sqlite / raw),
        String(format: "%.2f ×", ours / sqlite)
      )
      for part in statistics.parts where part.bytes > samples.size / 1_000 {
        let share = String(format: "%.0f", Double(part.bytes) / Double(samples.events.count))
        table.add("… of which `\(part.name)`", "\(share) bytes an event", "", "")
      }
    }
  }

  private func size(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? Int) ?? 0
  }
}
