internal import EventStore
internal import Foundation

/// What an index query with ten hits reads in a smaller and a larger log.
///
/// The ratio is that of the index rows: how many headers are read depends on how long ago the last
/// segment was sealed.
struct TouchedRowsBenchmark {
  let settings: Settings
  let workspace: Workspace

  func run(into table: inout ResultTable) throws {
    let small = try touched(settings.queried.small)
    let large = try touched(settings.queried.large)
    for (name, small, large, goal) in [
      ("with ten hits", small.rare, large.rare, ResultTable.Goal.atMost(2)),
      ("for one event in ten", small.common, large.common, .none),
    ] {
      table.add(
        "index query \(name), \(settings.queried.large) short events",
        "\(large.text), \(ResultTable.number(large.seconds * 1e6)) µs",
        "\(settings.queried.small) events: \(small.text), "
          + "\(ResultTable.number(small.seconds * 1e6)) µs",
        Double(large.rows) / Double(max(small.rows, 1)),
        goal
      )
    }
  }

  private struct Touched {
    var rows = 0
    var headers = 0
    var seconds = Double.infinity
    var text: String { "\(rows) index rows and \(headers) headers of the tail read" }
  }

  private static let batch = 1_000

  /// Fills a log with short events and asks it.
  private func touched(_ count: Int) throws -> (rare: Touched, common: Touched) {
    try workspace.inFolder { folder in
      let options = BenchmarkWorld.options(projections: [])
      let log = try EventLog(at: folder + "/store", options: options)
      for start in stride(from: 0, to: count, by: Self.batch) {
        try log.append(
          AppendBatch((start..<start + Self.batch).map { Self.draft($0, of: count) })
        )
      }
      return (
        rare: try ask(log, Term(field: 20, value: Array("needle".utf8)), hits: 10),
        common: try ask(log, Term(field: 21, value: Array("tenth-3".utf8)), hits: count / 10)
      )
    }
  }

  private static func draft(_ number: Int, of count: Int) -> EventDraft {
    var draft = EventDraft(
      type: "inbound.okta-system-log",
      source: Array("https://acme.example.com".utf8),
      stream: StreamID("origin-https://acme.example.com"),
      data: Array("{\"n\":\(number)}".utf8)
    )
    draft.id = Array("event-\(number)".utf8)
    draft.identity = .sourceAndID
    draft.timestamp = 1_788_220_800_000 + Int64(number) * 900
    let rare = number % (count / 10) == 7 ? "needle" : "hay-\(number % 5_000)"
    draft.terms = [
      Term(field: 20, value: Array(rare.utf8)),
      Term(field: 21, value: Array("tenth-\(number % 10)".utf8)),
    ]
    return draft
  }

  private func ask(_ log: EventLog, _ term: Term, hits: Int) throws -> Touched {
    var touched = Touched()
    var seconds: [Double] = []
    for _ in 0..<settings.rounds {
      seconds.append(
        try Measure.time {
          let found = try log.positions(
            matching: [[.exactly(term)]],
            in: Position(0)..<Position(.max)
          )
          guard found.positions.count == hits else { throw Failure("hits are missing") }
          touched.rows = found.rows
          touched.headers = found.headers
        }
      )
    }
    touched.seconds = middle(seconds)
    return touched
  }
}
