internal import EventStore
internal import Foundation

/// What the program does with a long history: comparing, replaying and repairing all of it.
struct HistoryBenchmark {
  let settings: Settings
  let workspace: Workspace

  private static let seed: UInt64 = 1
  /// The most memory of its own that a command may take, however long the history is.
  private static let mostMemory = 500e6
  /// How often each kind of work is done.
  static let rounds = 3

  private var store: String { workspace.path + "/history" }

  func run(into table: inout ResultTable) throws {
    let count = settings.history
    try checkSeed()
    var history: GeneratedHistory?
    let seconds = try Measure.time {
      history = try GeneratedHistory(store, count, seed: Self.seed)
    }
    guard let history else { return }
    let bytes = try Workspace.bytesOnDisk(store)
    table.add(
      "recording \(count) live runs of a fixture flow from a seed, \(history.size.count) events",
      "\(ResultTable.number(Double(count) / seconds)) executions/s",
      "\(history.counts.failed) failed, \(history.counts.rare) took the rare arm; "
        + "\(bytes / count) bytes an execution"
    )
    try measure(history, into: &table)
    try measureMemory(history, into: &table)
  }

  /// Makes sure that the same seed gives the same log.
  private func checkSeed() throws {
    let roots = try [1, 1, 2].map { seed in
      try workspace.inFolder { try GeneratedHistory($0 + "/store", 300, seed: seed).size.root }
    }
    guard roots[0] == roots[1], roots[0] != roots[2] else {
      throw Failure("what is generated does not follow from the seed")
    }
  }
}

// MARK: - Time

extension HistoryBenchmark {
  private func measure(_ history: GeneratedHistory, into table: inout ResultTable) throws {
    try checkAnswers(history)
    let count = settings.history
    let timings = try Measure.inTurn(
      Self.rounds,
      (count, { try seconds(diff(3, "--full")) }),
      (count, { try seconds(diff(2, "--full")) }),
      (count, { try seconds(diff(2)) }),
      (count, { try seconds(["replay", "--all"]) }),
      (count, { try seconds(["history", "--flow", GeneratedHistory.flow, "--json"]) }),
      (count, { try seconds(["failures"]) }),
      (history.counts.failed, { try plan() })
    )
    let replay = "`replay --all`"
    let executions = "of \(count) executions"
    table.add(
      "`diff` \(executions), all of which came to the edited card",
      timings[0],
      "executions",
      replay,
      timings[3]
    )
    table.add("`diff --full` \(executions)", timings[1], "executions", replay, timings[3])
    let share = timings[1].ratio(to: timings[2])
    table.add(
      "`diff` \(executions), one in a hundred of which came to the edited card",
      "\(ResultTable.number(middle(timings[2].seconds))) s",
      "`diff --full`: \(ResultTable.number(middle(timings[1].seconds))) s",
      share,
      .atMost(0.05)
    )
    let listed = "`history` of the same"
    table.add("\(replay) \(executions)", timings[3], "executions", listed, timings[4])
    table.add("`failures` \(executions)", timings[5], "executions", listed, timings[4])
    table.add(
      "`repair plan` of the \(history.counts.failed) that failed",
      timings[6],
      "executions",
      "\(replay), which reads all",
      timings[3]
    )
  }

  /// Makes sure of what is timed: the same verdicts whether all is run or not, and every run counted.
  private func checkAnswers(_ history: GeneratedHistory) throws {
    let (quick, full) = (try output(diff(2, "--json")), try output(diff(2, "--full", "--json")))
    guard quick == full else { throw Failure("`diff` and `diff --full` differ") }
    let changed = quick.split(separator: "\n").count {
      $0.hasPrefix(#"{"execution":"#) && $0.contains(#""verdict":"changed""#)
    }
    guard changed == history.counts.rare else { throw Failure("\(changed) executions changed") }
    let replayed = try output(["replay", "--all", "--json"])
    guard replayed.contains(#""identical":\#(settings.history)"#) else {
      throw Failure("not every replay is identical")
    }
    let failures = try output(["failures", "--json"])
    guard failures.contains(#""count":\#(history.counts.failed)"#) else {
      throw Failure("`failures` counts otherwise")
    }
  }

  private func command(_ words: [String]) -> [String] {
    [settings.program, "--store", store] + words
  }

  private func diff(_ version: Int, _ more: String...) -> [String] {
    ["diff", "\(GeneratedHistory.flow)@1", "\(GeneratedHistory.flow)@\(version)"] + more
  }

  private func seconds(_ words: [String]) throws -> Double {
    try ChildProcess.run(command(words), statuses: [0, 2]).seconds
  }

  private func output(_ words: [String]) throws -> String {
    let run = try ChildProcess.run(command(words), keepsOutput: true, statuses: [0, 2])
    return String(decoding: run.output, as: UTF8.self)
  }

  /// A plan, which must be written anew each time.
  private func plan() throws -> Double {
    try workspace.inFolder { try seconds(Self.plan(in: $0)) }
  }

  private static func plan(in folder: String) -> [String] {
    ["repair", "plan", "--failed", "--flow", GeneratedHistory.flow, "--output", folder + "/plan"]
  }
}

// MARK: - Memory

extension HistoryBenchmark {
  private func measureMemory(_ history: GeneratedHistory, into table: inout ResultTable) throws {
    try workspace.inFolder { folder in
      for (name, words) in [
        ("`diff`, all came to the edited card", diff(3)),
        ("`diff`, one in a hundred did", diff(2)), ("`replay --all`", ["replay", "--all"]),
        ("`failures`", ["failures"]), ("`repair plan`", Self.plan(in: folder)),
      ] {
        let peak = try ChildProcess.peakMemory(command(words), statuses: [0, 2])
        table.add(
          "most memory of its own, \(name), \(settings.history) executions",
          "\(ResultTable.number(Double(peak.own) / 1e6)) MB",
          "\(ResultTable.number(Self.mostMemory / 1e6)) MB",
          Double(peak.own) / Self.mostMemory,
          .atMost(1)
        )
      }
    }
  }
}
