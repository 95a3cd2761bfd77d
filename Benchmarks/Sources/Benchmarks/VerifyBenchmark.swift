internal import EventStore
internal import Foundation

/// Verifying a log beside the tree over the same bytes alone.
struct VerifyBenchmark {
  let samples: Samples
  let sizes: Sizes

  func run(into table: inout ResultTable) throws {
    try Measure.inFolder { folder in
      let log = try EventLog(at: folder + "/store", options: Samples.options())
      try log.trainDictionary(.inbound, samples: Array(samples.drafts.suffix(1_000)))
      try log.append(all: samples.drafts, batch: 1_000)
      let count = samples.events.count
      let tree = Measure.best(of: sizes.rounds, items: count) {
        Measure.time {
          var range = CompactRange()
          for event in samples.events { range.append(entry: event) }
          precondition(range.root.count == 32)
        }
      }
      for (name, depth) in [("verify", Verification.Depth.plain), ("verify --deep", .deep)] {
        let rate = try Measure.best(of: sizes.rounds, items: count) {
          try Measure.time {
            let found = try log.verify(depth)
            precondition(found.problems.isEmpty && found.events == UInt64(count))
          }
        }
        table.add(name, rate, "SHA-256 tree over the events alone", tree)
      }
    }
  }
}
