internal import EventStore
internal import Foundation

/// Measures the store beside plain LMDB and SQLite, in one run on one machine.
///
/// `Benchmarks [--quick]` prints a Markdown table; each figure is the best of five.
/// `Benchmarks --append` appends and verifies once.
@main
struct Benchmarks {
  static func main() throws {
    let arguments = CommandLine.arguments
    let isQuick = arguments.contains("--quick")
    let sizes = isQuick ? Sizes.quick : Sizes.full
    if arguments.contains("--append") { return try appendOnce(sizes) }
    print("Best of \(sizes.rounds) runs; the reference is measured in the same run.\n")
    var table = ResultTable()
    let samples = Samples(count: sizes.events)
    try AppendBenchmarks(samples: samples, sizes: sizes).run(into: &table)
    try VerifyBenchmark(samples: samples, sizes: sizes).run(into: &table)
    try DiskBenchmark(samples: samples).run(into: &table)
    try QueryBenchmarks(sizes: sizes).run(into: &table)
    print(table.markdown)
  }

  /// Appends and verifies once, for a profiler to look at.
  private static func appendOnce(_ sizes: Sizes) throws {
    let samples = Samples(count: sizes.events)
    try Measure.inFolder { folder in
      let log = try EventLog(at: folder + "/store", options: Samples.options())
      try log.trainDictionary(.inbound, samples: Array(samples.drafts.suffix(1_000)))
      let prepared = try Measure.time {
        for start in stride(from: 0, to: samples.drafts.count, by: 1_000) {
          _ = try log.prepare(
            AppendBatch(Array(samples.drafts[start..<min(start + 1_000, samples.drafts.count)])))
        }
      }
      let appended = try Measure.time { try log.append(all: samples.drafts, batch: 1_000) }
      let verified = try Measure.time { _ = try log.verify() }
      for (name, time) in [
        ("prepare", prepared), ("prepare and append", appended), ("verify", verified),
      ] {
        print("\(name): \(Measure.seconds(time) / Double(samples.drafts.count) * 1e6) µs an event")
      }
    }
  }
}

/// How much is measured.
struct Sizes {
  let rounds: Int
  /// Events of batches of a thousand, and of disk and verification.
  let events: Int
  /// Events appended one by one.
  let single: Int
  /// The two sizes of logs that are queried.
  let queried: (small: Int, large: Int)

  static let full = Sizes(rounds: 5, events: 60_000, single: 3_000, queried: (100_000, 1_000_000))
  static let quick = Sizes(rounds: 1, events: 10_000, single: 500, queried: (20_000, 200_000))
}
