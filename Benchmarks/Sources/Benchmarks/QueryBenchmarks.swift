internal import EventStore
internal import Foundation

/// An index query with ten hits in a smaller and a larger log: what it reads and how long it takes.
struct QueryBenchmarks {
  let sizes: Sizes

  func run(into table: inout ResultTable) throws {
    let small = try touched(sizes.queried.small)
    let large = try touched(sizes.queried.large)
    for (name, small, large) in [
      ("rare term", small.rare, large.rare),
      ("term of one event in ten", small.common, large.common),
    ] {
      table.add(
        "query, \(name), \(sizes.queried.large) events",
        "\(large.rows) rows, \(large.headers) headers, \(micro(large.time)) µs",
        "\(sizes.queried.small) events: \(small.rows) rows, \(small.headers) headers, "
          + "\(micro(small.time)) µs",
        String(
          format: "%.2f ×",
          Double(large.rows + large.headers) / Double(max(small.rows + small.headers, 1))
        )
      )
    }
  }

  private struct Touched {
    var rows = 0
    var headers = 0
    var time = Duration.seconds(1_000)
  }

  private func micro(_ duration: Duration) -> Int { Int(Measure.seconds(duration) * 1e6) }

  /// Fills a log with short events and asks it five times.
  private func touched(_ count: Int) throws -> (rare: Touched, common: Touched) {
    try Measure.inFolder { folder in
      let log = try EventLog(at: folder + "/store", options: Samples.options())
      for start in stride(from: 0, to: count, by: 1_000) {
        try log.append(
          AppendBatch(
            (start..<start + 1_000).map { number in
              var draft = Samples.draft(number, Array("{\"n\":\(number)}".utf8))
              let rare = number % (count / 10) == 7 ? "needle" : "hay-\(number % 5_000)"
              draft.terms.append(Term(field: 20, value: Array(rare.utf8)))
              draft.terms.append(Term(field: 21, value: Array("tenth-\(number % 10)".utf8)))
              return draft
            }
          )
        )
      }
      return (
        rare: try ask(log, Term(field: 20, value: Array("needle".utf8)), hits: 10),
        common: try ask(log, Term(field: 21, value: Array("tenth-3".utf8)), hits: count / 10)
      )
    }
  }

  private func ask(_ log: EventLog, _ term: Term, hits: Int) throws -> Touched {
    var touched = Touched()
    for _ in 0..<sizes.rounds {
      var found: QueryResult?
      let time = try Measure.time {
        found = try log.positions(
          matching: [[.exactly(term)]],
          in: Position(0)..<Position(.max)
        )
      }
      guard let result = found, result.positions.count == hits else {
        preconditionFailure("hits are missing")
      }
      touched = Touched(
        rows: result.rows,
        headers: result.headers,
        time: min(touched.time, time)
      )
    }
    return touched
  }
}
