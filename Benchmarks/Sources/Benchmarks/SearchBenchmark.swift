internal import Audit
internal import EventStore
internal import Foundation

/// Searches by the program, by index and by reading, beside jq over the raw file.
struct SearchBenchmark {
  let settings: Settings
  let events: EventFile
  let lines: [[UInt8]]
  let store: String

  func run(into table: inout ResultTable) throws {
    let log = try EventLog(at: store, .readOnly, options: BenchmarkWorld.options())
    let actor = try rareActor(log)
    try byIndex(actor, into: &table)
    try inProcess(actor, log, into: &table)
    let city = try value(at: ["client", "geographicalContext", "city"])
    try compare(
      "search by reading every event, filter without an index",
      ["search", "client.geographicalContext.city eq \"\(city)\""],
      "select(.client.geographicalContext.city == \"\(city)\")",
      .atLeast(15),
      into: &table
    )
    let time = try value(at: ["published"])
    try compare(
      "search by reading every event's header, by time",
      ["search", "--since", time],
      "select(.published >= \"\(time)\")",
      into: &table
    )
  }

  private func compare(
    _ work: String,
    _ search: [String],
    _ selection: String,
    _ goal: ResultTable.Goal = .none,
    into table: inout ResultTable
  ) throws {
    let command = [settings.program, "--store", store] + search + ["--json"]
    guard ChildProcess.isInstalled("jq") else {
      let timing = try Measure.inTurn(
        settings.rounds,
        (lines.count, { try ChildProcess.run(command).seconds })
      )[0]
      table.add(work, "\(ResultTable.number(timing.rate)) events/s", "jq is not installed")
      return
    }
    let timings = try Measure.inTurn(
      settings.rounds,
      (lines.count, { try ChildProcess.run(command).seconds }),
      (lines.count, { try ChildProcess.run(["jq", "-c", selection, events.path]).seconds })
    )
    table.add(work, timings[0], "events", "jq", timings[1], goal)
  }

  /// The search by a process, which takes as long as its start.
  private func byIndex(
    _ actor: (value: String, hits: Int),
    into table: inout ResultTable
  ) throws {
    let filter = "actor.alternateId eq \"\(actor.value)\""
    let command = [settings.program, "--store", store, "search", filter, "--json"]
    let timing = try Measure.inTurn(
      settings.rounds,
      (1, { try ChildProcess.run(command).seconds }),
      (1, { try ChildProcess.run([settings.emptyProgram]).seconds })
    )
    table.add(
      "search by index among \(lines.count), \(actor.hits) hits, a process",
      "\(ResultTable.number(middle(timing[0].seconds) * 1e3)) ms",
      "an empty Swift program with Foundation: "
        + "\(ResultTable.number(middle(timing[1].seconds) * 1e3)) ms",
      1 / timing[0].ratio(to: timing[1])
    )
  }

  /// The search alone, in a process that has the store open.
  private func inProcess(
    _ actor: (value: String, hits: Int),
    _ log: EventLog,
    into table: inout ResultTable
  ) throws {
    var query = SearchQuery()
    query.filter = try Filter("actor.alternateId eq \"\(actor.value)\"")
    var plan = try LogSearch(query, in: log).run { _ in true }
    let seconds = try (0..<20).map { _ in
      try Measure.time { plan = try LogSearch(query, in: log).run { _ in true } }
    }
    table.add(
      "the same with the store open",
      "\(ResultTable.number(middle(seconds) * 1e6)) µs; \(plan.rows) index rows, "
        + "\(plan.candidates) events read"
    )
  }

  /// The login of somebody with about ten events.
  private func rareActor(_ log: EventLog) throws -> (value: String, hits: Int) {
    var best = (value: "", hits: Int.max)
    for line in lines.prefix(2_000) {
      guard let value = Self.text(["actor", "alternateId"], of: line) else { continue }
      var query = SearchQuery()
      query.filter = try Filter("actor.alternateId eq \"\(value)\"")
      query.limit = 100
      let hits = try LogSearch(query, in: log).run { _ in true }.found
      if abs(hits - 10) < abs(best.hits - 10) { best = (value, hits) }
      if hits == 10 { break }
    }
    guard !best.value.isEmpty else { throw Failure("no event has an actor") }
    return best
  }

  /// A value of one of the last events.
  private func value(at path: [String]) throws -> String {
    for line in lines.suffix(200) {
      if let found = Self.text(path, of: line) { return found }
    }
    throw Failure("no event has a \(path.joined(separator: "."))")
  }

  private static func text(_ path: [String], of line: [UInt8]) -> String? {
    var value = try? JSONSerialization.jsonObject(with: Data(line))
    for key in path { value = (value as? [String: Any])?[key] }
    guard let text = value as? String, !text.isEmpty, !text.contains("\"") else { return nil }
    return text
  }
}
