internal import EventStore
internal import Foundation

/// Measures the store beside plain LMDB and SQLite, in one run on one machine.
///
/// `Benchmarks [--quick]` prints a Markdown table; each figure is the best of five.
@main
struct Benchmarks {
  static func main() throws {
    let isQuick = CommandLine.arguments.contains("--quick")
    let sizes = isQuick ? Sizes.quick : Sizes.full
    print("Best of \(sizes.rounds) runs; the reference is measured in the same run.\n")
    var table = ResultTable()
    let samples = Samples(count: sizes.events)
    try AppendBenchmarks(samples: samples, sizes: sizes).run(into: &table)
    try VerifyBenchmark(samples: samples, sizes: sizes).run(into: &table)
    try DiskBenchmark(samples: samples).run(into: &table)
    try QueryBenchmarks(sizes: sizes).run(into: &table)
    print(table.markdown)
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
