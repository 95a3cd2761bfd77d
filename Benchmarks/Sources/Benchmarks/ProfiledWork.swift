internal import Foundation
internal import Replay

/// One kind of work over and over for some seconds, for a profiler to look at.
///
/// `perf record -g Benchmarks --profile interpreter` says where the time goes that the table only
/// sums up.
struct ProfiledWork {
  let settings: Settings
  let workspace: Workspace

  /// How long the work is repeated.
  private static let seconds = 5.0

  /// Repeats the work with that name and prints how much of it was done in a second.
  ///
  /// - Throws: `Failure` for a name that no work has.
  func run(_ name: String) throws {
    let flow = try CallFlow("calls")
    let store = workspace.path + "/runs"
    switch name {
    case "deliveries":
      let load = try DeliveryLoad(workspace.path + "/deliveries")
      try repeated(1600, "deliveries") { try load.append(1600) }
    case "interpreter", "replay", "memory", "replay-live":
      try flow.fill(store, settings.executions, reach: name == "replay-live" ? .outside : .standIn)
      let replays = try Replays(store, flow)
      let calls = replays.executions.count * CallFlow.cards
      try repeated(calls, "calls") {
        switch name {
        case "replay", "replay-live": try replays.fromStore(threads: 1)
        case "memory": try replays.inMemory()
        default: replays.alone()
        }
      }
    case "packs":
      let runs = try PackBenchmark(settings: settings, workspace: workspace).runs()
      let steps = runs.reduce(0) { $0 + $1.steps }
      try repeated(steps, "steps") { Measure.time { for run in runs { run.again() } } }
    case "record", "record-local", "record-group", "record-group-local":
      let load = try RecordedLoad.named(name)
      try repeated(settings.executions * CallFlow.cards, "calls") {
        try RunBenchmark.recordAll(settings.executions, flow, load, workspace)
      }
    default: throw Failure("there is no work \(name)")
    }
  }

  private func repeated(_ items: Int, _ unit: String, _ work: () throws -> Double) throws {
    var spent: [Double] = []
    let start = clock()
    while spent.reduce(0, +) < Self.seconds { spent.append(try work()) }
    let cpu = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    let (best, middle) = (spent.min() ?? .nan, middle(spent))
    print(
      "\(ResultTable.number(Double(items) / middle)) \(unit)/s,",
      "at best \(ResultTable.number(Double(items) / best)),",
      "\(ResultTable.number(Double(items * spent.count) / cpu)) in a second of processor time"
    )
  }
}
